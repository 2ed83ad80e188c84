import { sql, type Transaction } from 'kysely';
import type { PersonScope, WorkerScope } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import type { Lang } from '../web/language.ts';
import type { Channel, Delivery, Failure, Parcel } from './delivery.ts';

type Tx = Transaction<Tables>;

const COLUMNS = [
  'delivery_id as id',
  'overview_id as overviewId',
  'channel',
  'attach',
  'ordered_at as orderedAt',
  'state',
  'tries',
  'next_try_at as nextTryAt',
  'sent_at as sentAt',
  'failure',
  'never_opened as neverOpened',
] as const;

/** Deliveries of workers. Every read for a page takes a scope. */
export function deliveriesStore(db: Database) {
  return {
    async find(scope: WorkerScope, id: string): Promise<Delivery | null> {
      const row = await db.read
        .selectFrom('deliveries')
        .select(COLUMNS)
        .where('worker_id', '=', scope.workerId)
        .where('delivery_id', '=', id)
        .executeTakeFirst();
      return row ?? null;
    },

    /** Newest first. */
    async ofOverview(scope: WorkerScope, overviewId: string): Promise<Delivery[]> {
      return db.read
        .selectFrom('deliveries')
        .select(COLUMNS)
        .where('worker_id', '=', scope.workerId)
        .where('overview_id', '=', overviewId)
        .orderBy('ordered_at', 'desc')
        .execute();
    },

    /** The worker's overview, if it can be sent; null where it is not his, or gone. */
    async overview(scope: WorkerScope, id: string, now: string): Promise<{ fullInsz: boolean } | null> {
      return (await sendable(db.read, scope, id, now).executeTakeFirst()) ?? null;
    },

    /** The same, locked, so that a second click waits for the first. */
    async holdOverview(tx: Tx, scope: WorkerScope, id: string, now: string): Promise<{ fullInsz: boolean } | null> {
      return (await sendable(tx, scope, id, now).forUpdate().executeTakeFirst()) ?? null;
    },

    /** The same sending that is under way or done: it is not ordered twice. */
    async same(tx: Tx, one: { overviewId: string; channel: Channel; attach: boolean }): Promise<string | null> {
      const row = await tx
        .selectFrom('deliveries')
        .select('delivery_id')
        .where('overview_id', '=', one.overviewId)
        .where('channel', '=', one.channel)
        .where('attach', '=', one.attach)
        .where('state', '<>', 'failed')
        .executeTakeFirst();
      return row?.delivery_id ?? null;
    },

    async countSince(tx: Tx, scope: WorkerScope, since: string): Promise<number> {
      const { n } = await tx
        .selectFrom('deliveries')
        .select((row) => row.fn.countAll<string>().as('n'))
        .where('worker_id', '=', scope.workerId)
        .where('ordered_at', '>', since)
        .executeTakeFirstOrThrow();
      return Number(n);
    },

    async insert(
      tx: Tx,
      scope: WorkerScope,
      one: { id: string; key: string; overviewId: string; channel: Channel; attach: boolean; language: Lang },
      now: string,
    ): Promise<void> {
      await tx
        .insertInto('deliveries')
        .values({
          delivery_id: one.id,
          worker_id: scope.workerId,
          overview_id: one.overviewId,
          channel: one.channel,
          attach: one.attach,
          language: one.language,
          key: one.key,
          ordered_at: now,
          state: 'waiting',
        })
        .execute();
    },

    /** Begins a try; null when there is nothing left to do. */
    async begin(id: string): Promise<Parcel | null> {
      const begun = await db.read
        .updateTable('deliveries')
        .set({ state: 'sending', tries: sql`tries + 1` })
        .where('delivery_id', '=', id)
        .where('state', 'in', ['waiting', 'sending'])
        .returning('delivery_id')
        .executeTakeFirst();
      if (!begun) return null;
      const row = await db.read
        .selectFrom('deliveries as d')
        .innerJoin('workers as w', 'w.worker_id', 'd.worker_id')
        .leftJoin('overviews as o', 'o.overview_id', 'd.overview_id')
        .select(['d.key', 'd.worker_id as workerId', 'd.overview_id as overviewId', 'd.channel', 'd.attach'])
        .select(['d.language', 'w.insz', 'o.state', 'o.language as madeIn', 'o.made_at as madeAt', 'o.pdf'])
        .where('d.delivery_id', '=', id)
        .executeTakeFirstOrThrow();
      const { state, madeIn, madeAt, pdf, ...parcel } = row;
      return { id, ...parcel, overview: state && madeIn ? { state, language: madeIn, madeAt, pdf } : null };
    },

    /** Its overview is not made yet: not a try, and it waits on. */
    async postpone(tx: Tx, id: string): Promise<void> {
      await tx
        .updateTable('deliveries')
        .set({ state: 'waiting', tries: sql`tries - 1` })
        .where('delivery_id', '=', id)
        .where('state', '=', 'sending')
        .execute();
    },

    async sent(
      id: string,
      how: { at: string; messageId: string | null; expiresAt: string | null; neverOpened: boolean },
    ): Promise<void> {
      await db.read
        .updateTable('deliveries')
        .set({
          state: 'sent',
          sent_at: how.at,
          next_try_at: null,
          failure: null,
          message_id: how.messageId,
          expires_at: how.expiresAt,
          never_opened: how.neverOpened,
        })
        .where('delivery_id', '=', id)
        .execute();
    },

    /** A try failed and there will be another. */
    async waits(id: string, nextTryAt: string | null): Promise<void> {
      await db.read
        .updateTable('deliveries')
        .set({ state: 'waiting', next_try_at: nextTryAt })
        .where('delivery_id', '=', id)
        .where('state', '=', 'sending')
        .execute();
    },

    async fail(id: string, failure: Failure): Promise<void> {
      await db.read
        .updateTable('deliveries')
        .set({ state: 'failed', next_try_at: null, failure })
        .where('delivery_id', '=', id)
        .where('state', 'in', ['waiting', 'sending'])
        .execute();
    },

    /** Begins anew what failed, under the same key; null where nothing of the person's failed under this id. */
    async reopen(tx: Tx, scope: PersonScope, id: string): Promise<Channel | null> {
      const row = await tx
        .updateTable('deliveries')
        .set({ state: 'waiting', failure: null, tries: 0 })
        .where('worker_id', '=', scope.workerId)
        .where('delivery_id', '=', id)
        .where('state', '=', 'failed')
        .returning('channel')
        .executeTakeFirst();
      return row?.channel ?? null;
    },
  };
}

const sendable = (on: Database['read'] | Tx, scope: WorkerScope, id: string, now: string) =>
  on
    .selectFrom('overviews')
    .select('full_insz as fullInsz')
    .where('worker_id', '=', scope.workerId)
    .where('overview_id', '=', id)
    .where('expires_at', '>', now)
    .where('state', '<>', 'failed');

export type DeliveriesStore = ReturnType<typeof deliveriesStore>;
