import pg from 'pg';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { buildHouse } from '../../src/house.ts';
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

interface Statement {
  text: string;
  values: unknown[];
}

/** The plans, with what they read, of all that the portal asks PostgreSQL for each thing of the benchmark; nothing of it is kept. */
export async function plansOf(side: {
  name: string;
  owner: pg.ClientConfig;
  portal: pg.ClientConfig;
  cast: Cast;
}): Promise<string> {
  const heard = await statementsOf(side);
  return asOwner(side.portal, async (db) => {
    let told = '';
    let begin = 'begin';
    for (const [name, statements] of heard) {
      for (const { text, values } of statements) {
        // in whose name the next ones are asked
        if (text.startsWith('begin')) {
          begin = text;
          continue;
        }
        if (text.startsWith('select set_config(')) {
          begin = 'begin';
          await db.query({ text, values });
          continue;
        }
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

/** Listens in on a portal of this process while it answers each thing but the batch once. */
async function statementsOf({ portal, cast }: { portal: pg.ClientConfig; cast: Cast }) {
  const heard = new Map<string, Statement[]>();
  const config = readConfig('command', {});
  const house = buildHouse({ config, connection: portal, publicUrl: PUBLIC_URL, secret: SECRET, trust: [] });
  const app = await buildApp(house);
  const { query } = pg.Client.prototype;
  let now: Statement[] = [];
  pg.Client.prototype.query = function (this: pg.Client, ...words: unknown[]) {
    const [said] = words as [Partial<Statement> | string];
    const { text = '', values = [] } = typeof said === 'object' ? said : { text: said };
    if (/^\s*(begin;|select|with|insert|update|delete)/i.test(text)) now.push({ text, values });
    return Reflect.apply(query, this, words);
  } as typeof query;
  try {
    for (const ask of ASKS) {
      if (ask.times !== undefined) continue;
      now = [];
      heard.set(ask.name, now);
      const { method, path, headers, body } = ask.request(cast, cast.visitors.length - 1);
      await app.inject({ method, url: path, headers, ...(body !== undefined && { payload: body }) });
    }
  } finally {
    pg.Client.prototype.query = query;
    await app.close();
    await house.close();
  }
  return heard;
}
