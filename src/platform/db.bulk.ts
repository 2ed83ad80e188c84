import type { CompiledQuery } from 'kysely';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { isSpentBy, named, translate } from './db.statements.ts';

/** A transaction that takes rows in by COPY, for thousands at once. */
export interface Bulk {
  run<R>(query: CompiledQuery<R>, parameters: readonly unknown[]): Promise<R[]>;
  /** Rows of a table in PostgreSQL's text format (`copyField`). */
  copy(table: string, rows: string): Promise<void>;
}

/** What a connection is prepared with, once: temporary tables. */
const prepared = new WeakMap<pg.PoolClient, Set<string>>();

/** Work in one transaction on a connection whose temporary tables, made by `preparation`, are empty. */
export async function bulk<T>(pool: pg.Pool, preparation: string, work: (bulk: Bulk) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch(translate);
  let isFit = false;
  try {
    const known = prepared.get(client) ?? new Set();
    prepared.set(client, known);
    if (!known.has(preparation)) await client.query(preparation);
    known.add(preparation);
    await client.query('begin');
    const result = await work({
      run: async (query, parameters) => (await client.query(named(query.sql, parameters))).rows,
      copy: (table, rows) => copied(client, table, rows),
    });
    await client.query('commit');
    isFit = true;
    return result;
  } catch (error) {
    isFit = await client.query('rollback').then(
      () => !isSpentBy(error),
      () => false,
    );
    return translate(error);
  } finally {
    client.release(!isFit);
  }
}

function copied(client: pg.PoolClient, table: string, rows: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = client.query(copyFrom(`copy ${table} from stdin`));
    stream.on('finish', resolve).on('error', reject);
    stream.end(rows);
  });
}
