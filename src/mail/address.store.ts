import { sql, type Transaction } from 'kysely';
import type { WorkerScope } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import type { Lang } from '../web/language.ts';
import { type ConfirmedAddress, MOST_TRIES, type PendingAddress } from './address.ts';

type Tx = Transaction<Tables>;

/** Addresses of workers, and the codes that confirm them. */
export function addressStore(db: Database) {
  return {
    async confirmed(scope: WorkerScope): Promise<ConfirmedAddress | null> {
      const row = await db.read
        .selectFrom('worker_addresses')
        .select(['address', 'language', 'confirmed_at as confirmedAt'])
        .where('worker_id', '=', scope.workerId)
        .executeTakeFirst();
      return row ?? null;
    },

    /** The code under way that still counts. */
    async pending(scope: WorkerScope, now: string): Promise<PendingAddress | null> {
      const row = await db.read
        .selectFrom('address_confirmations')
        .selectAll()
        .where('worker_id', '=', scope.workerId)
        .where('closed_at', 'is', null)
        .where('expires_at', '>', now)
        .where('tries', '<', MOST_TRIES)
        .orderBy('requested_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? pendingOf(row) : null;
    },

    /** A confirmation that may still be posted, whoever's it is. */
    async toPost(id: string, now: string): Promise<{ address: string; language: Lang; requestedAt: string } | null> {
      const row = await db.read
        .selectFrom('address_confirmations')
        .select(['address', 'language', 'requested_at as requestedAt'])
        .where('confirmation_id', '=', id)
        .where('closed_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return row ?? null;
    },

    /** Codes since an instant, asked by this worker or for this address by anybody. Others who ask for the same wait meanwhile. */
    async codesSince(tx: Tx, scope: WorkerScope, address: string, since: string): Promise<number> {
      await sql`select pg_advisory_xact_lock(hashtext('address:' || lower(${address})))`.execute(tx);
      await tx.selectFrom('workers').select('worker_id').where('worker_id', '=', scope.workerId).forUpdate().execute();
      const { n } = await tx
        .selectFrom('address_confirmations')
        .select((row) => row.fn.countAll<string>().as('n'))
        .where('requested_at', '>', since)
        .where((row) =>
          row.or([row('worker_id', '=', scope.workerId), row(sql<string>`lower(address)`, '=', address.toLowerCase())]),
        )
        .executeTakeFirstOrThrow();
      return Number(n);
    },

    /** A new code takes the place of those before it. */
    async ask(tx: Tx, scope: WorkerScope, one: Omit<PendingAddress, 'triesLeft'>, now: string): Promise<void> {
      await tx
        .updateTable('address_confirmations')
        .set({ closed_at: now })
        .where('worker_id', '=', scope.workerId)
        .where('closed_at', 'is', null)
        .execute();
      await tx
        .insertInto('address_confirmations')
        .values({
          confirmation_id: one.id,
          worker_id: scope.workerId,
          address: one.address,
          language: one.language,
          requested_at: now,
          expires_at: one.expiresAt,
        })
        .execute();
    },

    /** Counts a try before it is judged, so that no two at once are had for one. */
    async tryCode(tx: Tx, scope: WorkerScope, now: string): Promise<PendingAddress | null> {
      const row = await tx
        .updateTable('address_confirmations')
        .set({ tries: sql`tries + 1` })
        .where('worker_id', '=', scope.workerId)
        .where('closed_at', 'is', null)
        .where('expires_at', '>', now)
        .where('tries', '<', MOST_TRIES)
        .returningAll()
        .executeTakeFirst();
      return row ? pendingOf(row) : null;
    },

    async confirm(tx: Tx, scope: WorkerScope, { id, address, language }: PendingAddress, now: string): Promise<void> {
      const values = { address, language, confirmed_at: now };
      await tx
        .insertInto('worker_addresses')
        .values({ worker_id: scope.workerId, ...values })
        .onConflict((conflict) => conflict.column('worker_id').doUpdateSet(values))
        .execute();
      await tx.updateTable('address_confirmations').set({ closed_at: now }).where('confirmation_id', '=', id).execute();
    },

    async remove(tx: Tx, scope: WorkerScope): Promise<boolean> {
      const gone = await tx.deleteFrom('worker_addresses').where('worker_id', '=', scope.workerId).executeTakeFirst();
      await tx.deleteFrom('address_confirmations').where('worker_id', '=', scope.workerId).execute();
      return gone.numDeletedRows > 0n;
    },

    /** Forgets codes asked for before an instant. */
    async sweep(before: string): Promise<void> {
      await db.read.deleteFrom('address_confirmations').where('requested_at', '<', before).execute();
    },
  };
}

export type AddressStore = ReturnType<typeof addressStore>;

function pendingOf(row: {
  confirmation_id: string;
  address: string;
  language: Lang;
  expires_at: string;
  tries: number;
}): PendingAddress {
  const { confirmation_id: id, address, language, expires_at: expiresAt, tries } = row;
  return { id, address, language, expiresAt, triesLeft: MOST_TRIES - tries };
}
