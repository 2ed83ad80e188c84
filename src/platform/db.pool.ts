import type { CompiledQuery, PostgresPool } from 'kysely';
import type pg from 'pg';

/** A pool whose statements are named and whose faults are translated; the rest is pg's own. */
export function facadeOf(
  pool: pg.Pool,
  how: { named(sql: string, values: readonly unknown[]): pg.QueryConfig; translate(error: unknown): never },
): PostgresPool {
  const facades = new WeakMap<pg.PoolClient, object>();
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect().catch(how.translate);
      const known = facades.get(client);
      if (known) return known;
      const facade = {
        query: (sql: string, parameters: readonly unknown[] = []) =>
          client.query(how.named(sql, parameters)).catch(how.translate),
        release: (discard?: boolean) => client.release(discard),
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
    return (await client.query<R>(query.sql, parameters)).rows;
  } finally {
    client.release();
  }
}
