import { sql } from 'kysely';
import type { Database } from '../platform/db.ts';

/** Rows sealed in one transaction: short enough to disturb nobody. */
const AT_ONCE = 1_000;

export type Sealing = ReturnType<typeof sealingStore>;

/** Sealing and keeping of the access rows. Both are functions of the database's owner: the portal only asks for them. */
export function sealingStore(db: Database) {
  return {
    /** Seals every row that waits. Of several portals one works, the others find nothing to do. @returns how many */
    async seal(): Promise<number> {
      let sealed = 0;
      for (let last = AT_ONCE; last === AT_ONCE; sealed += last) {
        last = await db.longTransaction(async (tx) => {
          const { rows } = await sql<{ sealed: number }>`select seal_access(${AT_ONCE}) as sealed`.execute(tx);
          return rows[0]?.sealed ?? 0;
        });
      }
      return sealed;
    },

    /** The end of the newest chain: written down elsewhere, it proves later that nothing before it was touched. */
    async head(): Promise<{ month: string; number: number; seal: Buffer } | null> {
      const row = await db.read
        .selectFrom('access_seals')
        .select(['month', 'number', 'seal'])
        .orderBy('month', 'desc')
        .orderBy('number', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? { month: row.month.slice(0, 7), number: Number(row.number), seal: row.seal } : null;
    },

    /** Drops the months that are older than ten years, and makes those to come. @returns the partitions that were dropped */
    keep(): Promise<string[]> {
      return db.longTransaction(async (tx) => {
        const { rows } = await sql<{ dropped: string }>`select keep_access() as dropped`.execute(tx);
        return rows.map(({ dropped }) => dropped);
      });
    },
  };
}
