import type { CompiledQuery, PostgresPool } from 'kysely';
import type pg from 'pg';
import { ask, isSpentBy, named, replanned, translate } from './db.statements.ts';

/**
 * A pool whose statements are named and whose faults are translated; the rest is pg's own.
 * @param patience milliseconds for each statement, 0 for ever
 * @param begun may say more where a transaction begins
 */
export function facadeOf(pool: pg.Pool, patience: number, begun: (sql: string) => string = (sql) => sql): PostgresPool {
  const facades = new WeakMap<pg.PoolClient, object>();
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect().catch(translate);
      const known = facades.get(client);
      if (known) return known;
      let isSpent = false;
      const facade = {
        query: (sql: string, parameters: readonly unknown[] = []) => {
          const said = begun(sql);
          return ask(client, said === sql ? named(sql, parameters) : said, patience).catch((error) => {
            isSpent ||= isSpentBy(error);
            return translate(error);
          });
        },
        release: (discard?: boolean) => client.release(discard || isSpent),
      };
      facades.set(client, facade);
      return facade;
    },
  } as unknown as PostgresPool;
}

/** One statement on a connection of the pool. */
export async function once<R>(
  pool: PostgresPool,
  query: CompiledQuery<R>,
  parameters: readonly unknown[],
): Promise<R[]> {
  const client = await pool.connect();
  try {
    return (await replanned(() => client.query<R>(query.sql, parameters))).rows;
  } finally {
    client.release();
  }
}
