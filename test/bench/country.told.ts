import type pg from 'pg';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { buildHouse } from '../../src/house.ts';
import { type Heard, heardWhile } from '../heard.ts';
import { ASKS } from './country.asks.ts';
import type { Cast } from './country.cast.ts';
import { asOwner } from './database.ts';
import { PUBLIC_URL, SECRET } from './list.server.ts';
import type { Table } from './table.ts';

/** What each table and index takes on disk, and a period's share of all. */
export async function sizesOf(db: pg.Client): Promise<Table> {
  const { rows } = await db.query<{ name: string; kind: string; bytes: string }>(
    `select c.relname as name, case c.relkind when 'i' then 'index' else 'table' end as kind, pg_relation_size(c.oid)::text as bytes
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'i') and pg_relation_size(c.oid) > 1000000 order by pg_relation_size(c.oid) desc`,
  );
  const counted = await db.query(
    `select count(*)::text as periods, pg_database_size(current_database())::text as bytes from relations`,
  );
  const { periods, bytes } = counted.rows[0];
  const each = (size: string) => (Number(size) / Number(periods)).toFixed(1);
  const megabytes = (size: string) => (Number(size) / 1024 ** 2).toFixed(0);
  return {
    title: 'On disk, the large one',
    columns: ['table or index', '', 'MiB', 'bytes a period'],
    rows: [
      ...rows.map(({ name, kind, bytes: size }) => [name, kind, megabytes(size), each(size)]),
      ['the whole database', '', megabytes(bytes), each(bytes)],
    ],
  };
}

/** The plans, with what they read, of all that the portal asks PostgreSQL for each thing of the benchmark; nothing of it is kept. */
export async function plansOf(side: { name: string; portal: pg.ClientConfig; cast: Cast }): Promise<string> {
  const heard = await statementsOf(side);
  return asOwner(side.portal, async (db) => {
    let told = '';
    for (const [name, statements] of heard) {
      for (const { begin, text, values } of statements) {
        await db.query(begin);
        const plan = await db.query({ text: `explain (analyze, buffers) ${text}`, values }).then(
          ({ rows }) => rows.map((row) => row['QUERY PLAN']).join('\n'),
          (error: Error) => `no plan: ${error.message}`,
        );
        await db.query('rollback');
        told += `\n== ${side.name}: ${name}\n${text.replace(/\s+/g, ' ').slice(0, 400)}\n${plan}\n`;
      }
    }
    return told;
  });
}

/** What a portal of this process asks while it answers each thing but the batch once. */
async function statementsOf({ portal, cast }: { portal: pg.ClientConfig; cast: Cast }): Promise<Map<string, Heard[]>> {
  const heard = new Map<string, Heard[]>();
  const config = readConfig('command', {});
  const house = buildHouse({ config, connection: portal, publicUrl: PUBLIC_URL, secret: SECRET, trust: [] });
  const app = await buildApp(house);
  try {
    for (const ask of ASKS) {
      if (ask.times !== undefined) continue;
      const { method, path, headers, body } = ask.request(cast, cast.visitors.length - 1);
      const act = () => app.inject({ method, url: path, headers, ...(body !== undefined && { payload: body }) });
      heard.set(ask.name, await heardWhile(act));
    }
  } finally {
    await app.close();
    await house.close();
  }
  return heard;
}
