import { sql, type Transaction } from 'kysely';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import { oldest } from './sessions.ts';
import type { WorkerScope } from './visitor.ts';

type Tx = Transaction<Tables>;

/** A session as its owner sees it. `key` names it; it is no way in. */
export interface OwnSession {
  key: string;
  method: string;
  createdAt: string;
  lastSeenAt: string;
  /** Of the agency he acts for in it; null as himself. */
  agencyName: string | null;
}

/** The key that names a session: a digest of what is stored, which itself is a keyed hash of the cookie. */
const KEY = sql<string>`encode(substring(sha256(sessions.token_hash) for 16), 'hex')`;

/** The sessions of one person. */
export function ownSessionsStore(db: Database) {
  return {
    /** Those that still count, newest first; `isThis` tells which one asks. */
    async list({ workerId }: WorkerScope, asking: Buffer, now: string): Promise<(OwnSession & { isThis: boolean })[]> {
      const since = oldest(now);
      return db.read
        .selectFrom('sessions')
        .leftJoin('enterprises as agency', 'agency.enterprise_number', 'sessions.agency_number')
        .select([
          KEY.as('key'),
          'sessions.method',
          'sessions.created_at as createdAt',
          'sessions.last_seen_at as lastSeenAt',
          'agency.name as agencyName',
          sql<boolean>`sessions.token_hash = ${asking}`.as('isThis'),
        ])
        .where('sessions.worker_id', '=', workerId)
        .where('sessions.created_at', '>', since.created)
        .where('sessions.last_seen_at', '>', since.seen)
        .orderBy('sessions.created_at', 'desc')
        .limit(100)
        .execute();
    },

    async endOne(tx: Tx, workerId: string, key: string): Promise<number> {
      const ended = await tx
        .deleteFrom('sessions')
        .where('worker_id', '=', workerId)
        .where(KEY, '=', key)
        .executeTakeFirst();
      return Number(ended.numDeletedRows);
    },

    async endOthers(tx: Tx, workerId: string, but: Buffer): Promise<number> {
      const ended = await tx
        .deleteFrom('sessions')
        .where('worker_id', '=', workerId)
        .where('token_hash', '<>', but)
        .executeTakeFirst();
      return Number(ended.numDeletedRows);
    },

    /** Those that were opened in this way. */
    async endByMethod(tx: Tx, workerId: string, method: string): Promise<void> {
      await tx.deleteFrom('sessions').where('worker_id', '=', workerId).where('method', '=', method).execute();
    },
  };
}

export type OwnSessions = ReturnType<typeof ownSessionsStore>;
