import type { Transaction } from 'kysely';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import type { SignedInWorker, VerifiedIdentity } from './visitor.ts';

export interface FoundSession {
  visitor: SignedInWorker;
  lastSeenAt: string;
  createdAt: string;
}

export type SessionsStore = ReturnType<typeof sessionsStore>;

/** Sessions and sign-in challenges. Instants are ISO 8601; tokens come as their keyed hash. */
export function sessionsStore(db: Database) {
  const look = db.read
    .selectFrom('sessions')
    .select([
      'worker_id',
      'insz',
      'given_name',
      'family_name',
      'method',
      'assurance',
      'created_at',
      'last_seen_at',
      'previous_visit_at',
    ])
    .where('token_hash', '=', Buffer.alloc(0))
    .where('created_at', '>', '')
    .where('last_seen_at', '>', '')
    .compile();

  return {
    /** The session that still counts, looked up at every request: ending one works at once. */
    async find(hash: Buffer, since: { created: string; seen: string }): Promise<FoundSession | null> {
      const [row] = await db.rows(look, [hash, since.created, since.seen]);
      if (!row) return null;
      const visitor: SignedInWorker = {
        kind: 'worker',
        workerId: row.worker_id,
        insz: row.insz,
        givenName: row.given_name,
        familyName: row.family_name,
        method: row.method,
        assurance: row.assurance,
        previousVisitAt: row.previous_visit_at,
      };
      return { visitor, lastSeenAt: row.last_seen_at, createdAt: row.created_at };
    },

    async touch(hash: Buffer, now: string): Promise<void> {
      await db.read.updateTable('sessions').set({ last_seen_at: now }).where('token_hash', '=', hash).execute();
    },

    async end(hash: Buffer): Promise<void> {
      await db.read.deleteFrom('sessions').where('token_hash', '=', hash).execute();
    },

    /** Forgets sessions that no longer count. */
    async sweep(since: { created: string; seen: string }): Promise<void> {
      await db.read
        .deleteFrom('sessions')
        .where((test) => test.or([test('created_at', '<=', since.created), test('last_seen_at', '<=', since.seen)]))
        .execute();
    },

    async putChallenge(hash: Buffer, nonce: string, expiresAt: string, now: string): Promise<void> {
      await db.transaction(async (tx) => {
        await tx.deleteFrom('sign_in_challenges').where('expires_at', '<', now).execute();
        await tx
          .insertInto('sign_in_challenges')
          .values({ token_hash: hash, nonce, expires_at: expiresAt })
          .onConflict((clash) => clash.column('token_hash').doUpdateSet({ nonce, expires_at: expiresAt }))
          .execute();
      });
    },

    /** Takes the nonce out, so that it can be used once only, whatever comes of it. */
    async takeChallenge(hash: Buffer, now: string): Promise<string | null> {
      const row = await db.read
        .deleteFrom('sign_in_challenges')
        .where('token_hash', '=', hash)
        .returning(['nonce', 'expires_at'])
        .executeTakeFirst();
      return row && Date.parse(row.expires_at) > Date.parse(now) ? row.nonce : null;
    },
  };
}

/** The worker behind an INSZ, made known when he signs in before anybody declared him; his card's names are the right ones. */
export async function workerOf(tx: Transaction<Tables>, who: VerifiedIdentity): Promise<string> {
  const known = await tx
    .selectFrom('worker_numbers')
    .select('worker_id')
    .where('insz', '=', who.insz)
    .executeTakeFirst();
  const names = { given_name: who.givenName, family_name: who.familyName };
  if (known) {
    await tx.updateTable('workers').set(names).where('worker_id', '=', known.worker_id).execute();
    return known.worker_id;
  }
  const { worker_id } = await tx
    .insertInto('workers')
    .values({ insz: who.insz, ...names })
    .onConflict((clash) => clash.column('insz').doUpdateSet(names))
    .returning('worker_id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('worker_numbers')
    .values({ insz: who.insz, worker_id })
    .onConflict((clash) => clash.doNothing())
    .execute();
  return worker_id;
}

export async function openSession(
  tx: Transaction<Tables>,
  session: { hash: Buffer; replaces: Buffer | null; workerId: string; who: VerifiedIdentity; now: string },
): Promise<void> {
  const { who, now } = session;
  if (session.replaces) await tx.deleteFrom('sessions').where('token_hash', '=', session.replaces).execute();
  const previous = await tx
    .selectFrom('access_rows')
    .select((row) => row.fn.max('at').as('at'))
    .where('subject_insz', '=', who.insz)
    .where('purpose', '=', 'sign-in')
    .where('at', '<', now)
    .executeTakeFirst();
  await tx
    .insertInto('sessions')
    .values({
      token_hash: session.hash,
      worker_id: session.workerId,
      insz: who.insz,
      given_name: who.givenName,
      family_name: who.familyName,
      method: who.method,
      assurance: who.assurance,
      language: null,
      created_at: now,
      last_seen_at: now,
      previous_visit_at: previous?.at ?? null,
    })
    .execute();
}
