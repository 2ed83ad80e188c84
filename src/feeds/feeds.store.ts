import type { Transaction } from 'kysely';
import type { WorkerScope } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import type { Feed } from './feed.ts';

/** Feeds of workers. A worker reads his own by scope; a calendar shows the secret, which leads to one feed alone. */
export function feedsStore(db: Database) {
  return {
    /** The worker's that still work, newest first, with the hash of their secret. */
    async list(scope: WorkerScope): Promise<(Feed & { secretHash: Buffer })[]> {
      const rows = await db.read
        .selectFrom('feeds')
        .selectAll()
        .where('worker_id', '=', scope.workerId)
        .where('revoked_at', 'is', null)
        .orderBy('made_at', 'desc')
        .execute();
      return rows.map((row) => ({
        id: row.feed_id,
        language: row.language,
        madeAt: row.made_at,
        lastReadOn: row.last_read_on,
        secretHash: row.secret_hash,
      }));
    },

    /** How many work; the worker's row is held, so that two requests do not both make the last one. */
    async count(tx: Transaction<Tables>, scope: WorkerScope): Promise<number> {
      await tx.selectFrom('workers').select('worker_id').where('worker_id', '=', scope.workerId).forUpdate().execute();
      const { n } = await tx
        .selectFrom('feeds')
        .select((row) => row.fn.countAll<string>().as('n'))
        .where('worker_id', '=', scope.workerId)
        .where('revoked_at', 'is', null)
        .executeTakeFirstOrThrow();
      return Number(n);
    },

    async insert(
      tx: Transaction<Tables>,
      scope: WorkerScope,
      feed: Pick<Feed, 'id' | 'language' | 'madeAt'> & { secretHash: Buffer },
    ): Promise<void> {
      const { id, language, madeAt, secretHash } = feed;
      await tx
        .insertInto('feeds')
        .values({ feed_id: id, worker_id: scope.workerId, language, made_at: madeAt, secret_hash: secretHash })
        .execute();
    },

    /** @returns whether there was one in scope that worked */
    async revoke(tx: Transaction<Tables>, scope: WorkerScope, id: string, now: string): Promise<boolean> {
      const row = await tx
        .updateTable('feeds')
        .set({ revoked_at: now })
        .where('worker_id', '=', scope.workerId)
        .where('feed_id', '=', id)
        .where('revoked_at', 'is', null)
        .returning('feed_id')
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Whose feed has this secret, while it works. */
    async bySecret(
      tx: Transaction<Tables>,
      secretHash: Buffer,
    ): Promise<{ id: string; workerId: string; insz: string; language: Feed['language'] } | null> {
      const row = await tx
        .selectFrom('feeds')
        .innerJoin('workers', 'workers.worker_id', 'feeds.worker_id')
        .select(['feed_id', 'feeds.worker_id', 'language', 'workers.insz'])
        .where('secret_hash', '=', secretHash)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return row ? { id: row.feed_id, workerId: row.worker_id, insz: row.insz, language: row.language } : null;
    },

    /** Notes the day. @returns whether it is the first time on that day */
    async readOn(tx: Transaction<Tables>, id: string, day: string): Promise<boolean> {
      const row = await tx
        .updateTable('feeds')
        .set({ last_read_on: day })
        .where('feed_id', '=', id)
        .where((feed) => feed.or([feed('last_read_on', 'is', null), feed('last_read_on', '<', day)]))
        .returning('feed_id')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
