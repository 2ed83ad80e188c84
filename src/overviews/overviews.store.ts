import { type Selectable, sql, type Transaction } from 'kysely';
import type { WorkerScope } from '../identity/visitor.ts';
import { type Database, DatabaseUnavailable } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import type { Made, Overview, OverviewOrder } from './overview.ts';

const COLUMNS = [
  'overview_id',
  'requested_at',
  'expires_at',
  'language',
  'state',
  'made_at',
  'relation_count',
  'verifiable_until',
  'revoked_at',
] as const;

/** Overviews of workers. Every read takes a scope; somebody else's is not found. */
export function overviewsStore(db: Database) {
  return {
    /** The database cannot be asked now: what was begun is begun again later. */
    isAway: (error: unknown) => error instanceof DatabaseUnavailable,

    /** How many of a worker's are kept at this moment. */
    async kept(tx: Transaction<Tables>, scope: WorkerScope, now: string): Promise<number> {
      const { n } = await tx
        .selectFrom('overviews')
        .select((row) => row.fn.countAll<string>().as('n'))
        .where('worker_id', '=', scope.workerId)
        .where('expires_at', '>', now)
        .executeTakeFirstOrThrow();
      return Number(n);
    },

    async insert(tx: Transaction<Tables>, order: OverviewOrder): Promise<void> {
      await tx
        .insertInto('overviews')
        .values({
          overview_id: order.id,
          worker_id: order.workerId,
          requested_at: order.requestedAt,
          expires_at: order.expiresAt,
          language: order.language,
          filter: JSON.stringify(order.filter),
          sections: order.sections,
          full_insz: order.fullInsz,
          state: 'preparing',
        })
        .execute();
    },

    async find(scope: WorkerScope, id: string): Promise<Overview | null> {
      const row = await db.read
        .selectFrom('overviews')
        .select(COLUMNS)
        .where('worker_id', '=', scope.workerId)
        .where('overview_id', '=', id)
        .executeTakeFirst();
      return row ? overviewOf(row) : null;
    },

    /** The newest first, at most 50: kept ones, and those whose code still tells something. */
    async list(scope: WorkerScope, now: string): Promise<Overview[]> {
      const rows = await db.read
        .selectFrom('overviews')
        .select(COLUMNS)
        .where('worker_id', '=', scope.workerId)
        .where((row) => row.or([row('expires_at', '>', now), row('verifiable_until', '>', now)]))
        .orderBy('requested_at', 'desc')
        .limit(50)
        .execute();
      return rows.map(overviewOf);
    },

    async pdf(scope: WorkerScope, id: string): Promise<Buffer | null> {
      const row = await db.read
        .selectFrom('overviews')
        .select('pdf')
        .where('worker_id', '=', scope.workerId)
        .where('overview_id', '=', id)
        .executeTakeFirst();
      return row?.pdf ?? null;
    },

    /** An order still to be made, with its worker. */
    async order(id: string): Promise<(OverviewOrder & { insz: string; name: string }) | null> {
      const row = await db.read
        .selectFrom('overviews')
        .innerJoin('workers', 'workers.worker_id', 'overviews.worker_id')
        .selectAll('overviews')
        .select(['workers.insz', 'workers.given_name', 'workers.family_name'])
        .where('overview_id', '=', id)
        .where('state', '=', 'preparing')
        .executeTakeFirst();
      if (!row) return null;
      return {
        id: row.overview_id,
        workerId: row.worker_id,
        requestedAt: row.requested_at,
        expiresAt: row.expires_at,
        language: row.language,
        filter: row.filter as OverviewOrder['filter'],
        sections: row.sections as OverviewOrder['sections'],
        fullInsz: row.full_insz,
        insz: row.insz,
        name: [row.given_name, row.family_name].filter(Boolean).join(' '),
      };
    },

    /** The first to finish wins; who comes later changes nothing. */
    async finish(id: string, made: Made): Promise<void> {
      const { covers, verified } = made;
      await db.read
        .updateTable('overviews')
        .set({
          state: 'ready',
          made_at: made.at,
          relation_count: made.count,
          sha256: made.sha256,
          pdf: Buffer.from(made.pdf),
          code_hash: verified.codeHash,
          initials: verified.initials,
          covers_from: covers.from,
          covers_to: covers.to,
          verifiable_until: verified.until,
        })
        .where('overview_id', '=', id)
        .where('state', '=', 'preparing')
        .execute();
    },

    async fail(id: string, failure: string): Promise<void> {
      await db.read
        .updateTable('overviews')
        .set({ state: 'failed', failure })
        .where('overview_id', '=', id)
        .where('state', '=', 'preparing')
        .execute();
    },

    /** Orders nobody is making any more: their process died, or had no room. */
    async abandoned(before: string): Promise<string[]> {
      const rows = await db.read
        .selectFrom('overviews')
        .select('overview_id')
        .where('state', '=', 'preparing')
        .where('requested_at', '<', before)
        .orderBy('requested_at')
        .limit(100)
        .execute();
      return rows.map((row) => row.overview_id);
    },

    /** Drops the documents of expired overviews, and their rows once no code needs them; the access rows stay. */
    async expire(now: string): Promise<void> {
      await db.read
        .updateTable('overviews')
        .set({ pdf: null })
        .where('expires_at', '<', now)
        .where('pdf', 'is not', null)
        // one that is still to be sent is kept until it is; where that failed, for a week in which somebody may help
        .where(sql<boolean>`not exists (select from deliveries d where d.overview_id = overviews.overview_id
          and (d.state in ('waiting', 'sending') or d.state = 'failed' and d.ordered_at > ${now}::timestamptz - interval '7 days'))`)
        .execute();
      await db.read
        .deleteFrom('overviews')
        .where('expires_at', '<', sql<string>`${now}::timestamptz - interval '30 days'`)
        .where((row) => row.or([row('verifiable_until', 'is', null), row('verifiable_until', '<', now)]))
        .execute();
    },
  };
}

export type OverviewsStore = ReturnType<typeof overviewsStore>;

type Row = Pick<Selectable<Tables['overviews']>, (typeof COLUMNS)[number]>;

function overviewOf(row: Row): Overview {
  return {
    id: row.overview_id,
    requestedAt: row.requested_at,
    expiresAt: row.expires_at,
    language: row.language,
    state: row.state,
    madeAt: row.made_at,
    relationCount: row.relation_count,
    verifiableUntil: row.verifiable_until,
    revokedAt: row.revoked_at,
  };
}
