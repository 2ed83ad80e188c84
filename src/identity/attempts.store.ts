import { sql, type Transaction } from 'kysely';
import type { Tables } from '../platform/tables.ts';
import { type Attempts, FORGOTTEN_HOURS, LONGEST_BLOCK_MINUTES, NO_ATTEMPTS } from './attempts.ts';

type Tx = Transaction<Tables>;

/** Counters of wrong entries, shared by every portal on the database and there after a restart. Keys are keyed hashes. */
export const attemptsStore = {
  /** What is known of the keys, in their order, held until the transaction ends. Locked in one order, so that two never wait for each other. */
  async hold(tx: Tx, keys: readonly Buffer[], now: string): Promise<Attempts[]> {
    const list = [...keys].sort(Buffer.compare);
    await sql`
      insert into attempts (key, wrong, at) select key, 0, ${now} from unnest(${list}::bytea[]) as wanted(key) order by key
      on conflict do nothing`.execute(tx);
    const { rows } = await sql<{ key: Buffer; wrong: number; at: string; blockedUntil: string | null }>`
      select key, wrong, at, blocked_until as "blockedUntil" from attempts where key = any(${list}::bytea[])
      order by key for update`.execute(tx);
    return keys.map((key) => {
      const row = rows.find((one) => one.key.equals(key));
      return row ? { wrong: row.wrong, at: row.at, blockedUntil: row.blockedUntil } : NO_ATTEMPTS;
    });
  },

  async keep(tx: Tx, key: Buffer, { wrong, at, blockedUntil }: Attempts): Promise<void> {
    await tx.updateTable('attempts').set({ wrong, at, blocked_until: blockedUntil }).where('key', '=', key).execute();
  },

  /** @returns how many of the keys had wrong entries */
  async forgive(tx: Tx, keys: readonly Buffer[]): Promise<number> {
    const { rows } = await sql<{ wrong: number }>`
      delete from attempts where key = any(${[...keys]}::bytea[]) returning wrong`.execute(tx);
    return rows.filter(({ wrong }) => wrong > 0).length;
  },

  async sweep(tx: Tx, now: string): Promise<void> {
    const old = new Date(Date.parse(now) - FORGOTTEN_HOURS * 3_600_000 - LONGEST_BLOCK_MINUTES * 60_000).toISOString();
    await tx.deleteFrom('attempts').where('at', '<', old).execute();
  },
};

export type AttemptsStore = typeof attemptsStore;
