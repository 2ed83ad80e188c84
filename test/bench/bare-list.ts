import { createHmac } from 'node:crypto';
import { write } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import pg from 'pg';
import { sessionsStore } from '../../src/identity/sessions.store.ts';
import { ownerScope } from '../../src/identity/visitor.ts';
import { type Database, openDatabase } from '../../src/platform/db.ts';
import { parametersOf } from '../../src/relations/filter.store.ts';
import { parseFilter } from '../../src/relations/filter.ts';
import { searchStore } from '../../src/relations/search.store.ts';
import { securityHeaders } from '../../src/web/headers.ts';
import { type BareRow, pageWriter } from './bare-list.page.ts';
import { reporting } from './list.child.ts';
import { type Errand, PUBLIC_URL, SECRET } from './list.server.ts';

/**
 * The limit that the portal is measured against: node:http and pg and nothing between them. It does the work of the signed-in list page —
 * cookie, session, filter, the same statements in the same name, the same headers, a line of log — and answers the same bytes.
 */
const { connection, pipelined = false, sample = '' } = JSON.parse(process.argv[2] ?? '') as Errand;

const { filter: EVERYTHING } = parseFilter({}, '2026-01-01');

const asText = new Set([20, 1082, 1114, 1184]);
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    (asText.has(oid) ? (text: string) => text : pg.types.getTypeParser(oid, format)) as never,
};
const options = { ...connection, types, options: '-c timezone=UTC -c datestyle=ISO' };

/** The portal's own statements, so that both always do the same in PostgreSQL. */
async function statements(): Promise<{ look: string; list: string }> {
  const seen: string[] = [];
  const db = openDatabase({ connection, log: { warn: () => undefined } });
  const rows = async ({ sql }: { sql: string }) => {
    seen.push(sql);
    return [];
  };
  const spy = { ...db, rows } as unknown as Database;
  await sessionsStore(spy).find(Buffer.alloc(0), { created: '', seen: '' });
  await searchStore(spy)
    .list(ownerScope('0'), EVERYTHING, '2026-01-01')
    .catch(() => undefined);
  await db.close();
  const [look = '', list = ''] = seen;
  return { look, list };
}

/** @param name in whose name the statement runs, said ahead of it on the same connection, as the portal does */
type Ask = (query: pg.QueryArrayConfig, name?: string) => Promise<pg.QueryArrayResult>;
const inName = (name: string) => ({
  name: 'behalf',
  text: "select set_config('portal.behalf', $1, false)",
  values: [name],
});

async function pooled(): Promise<Ask> {
  const pool = new pg.Pool({ ...options, max: 8 });
  return async (query, name) => {
    if (name === undefined) return pool.query(query);
    const client = await pool.connect();
    try {
      await client.query(inName(name));
      return await client.query(query);
    } finally {
      client.release();
    }
  };
}

async function roundRobin(): Promise<Ask> {
  const clients = Array.from({ length: 8 }, () => new pg.Client({ ...options, pipeline: true } as pg.ClientConfig));
  await Promise.all(clients.map((client) => client.connect()));
  let next = 0;
  return async (query, name) => {
    const client = clients[next++ & 7] as pg.Client;
    if (name === undefined) return client.query(query);
    const [, result] = await Promise.all([client.query(inName(name)), client.query(query)]);
    return result;
  };
}

const ask = await (pipelined ? roundRobin() : pooled());
const { look, list } = await statements();
const headers = {
  ...securityHeaders({ cardOrigin: null, leavesTo: null, publicUrl: PUBLIC_URL }),
  'cache-control': 'no-store',
  'content-type': 'text/html; charset=utf-8',
};
const barePage = pageWriter(sample);
const SESSION = 'interim-session=';

let waiting = '';
let isWriting = false;
function log(line: string): void {
  waiting += line;
  if (isWriting) return;
  isWriting = true;
  const text = waiting;
  waiting = '';
  write(1, text, () => {
    isWriting = false;
    if (waiting) log('');
  });
}

const SORTS = new Set(['start', 'end', 'agency', 'user', 'type', 'verdict']);

/** Reads the address by hand; only the order and page that the benchmark asks for are answered. */
function pageOf(query: string): number | null {
  let page = 1;
  for (const field of query.split('&')) {
    const [name, value = ''] = field.split('=');
    if (name === 'page' && /^\d{1,7}$/.test(value)) page = Number(value);
    else if (name === 'sort' && SORTS.has(value) && value === 'start') continue;
    else if (name === 'dir' && value === 'desc') continue;
    else return null;
  }
  return page;
}

async function answer(url: string, cookies: string, response: ServerResponse): Promise<void> {
  const began = performance.now();
  const [path = '', query = ''] = url.split('?', 2);
  const at = cookies.indexOf(SESSION) + SESSION.length;
  const end = cookies.indexOf(';', at);
  const token = decodeURIComponent(cookies.slice(at, end < 0 ? undefined : end));
  const hash = createHmac('sha256', SECRET).update(token).digest();
  const now = Date.now();
  const since = [new Date(now - 8 * 3_600_000).toISOString(), new Date(now - 900_000).toISOString()];
  const session = await ask({ name: 'look', text: look, rowMode: 'array', values: [hash, ...since] });
  const [workerId, , given, family, , , , seenAt] = session.rows[0] ?? [];
  const page = pageOf(query);
  if (workerId === undefined || page !== 1 || path !== '/relations') return void response.writeHead(404).end();
  if (now - Date.parse(seenAt) > 30_000)
    await ask({ name: 'touch', text: TOUCH, rowMode: 'array', values: [new Date(now).toISOString(), hash] });
  const year = new Date(now).getUTCFullYear();
  const values = [...parametersOf(ownerScope(workerId), { ...EVERYTHING, page }, `${year}-01-01`)];
  const { rows } = await ask({ name: 'list', text: list, rowMode: 'array', values }, `worker ${workerId}`);
  const html = Buffer.from(barePage(rows as BareRow[], { given, family }, year));
  response.writeHead(200, { ...headers, 'content-length': html.length }).end(html);
  log(
    `{"level":"info","time":"${new Date().toISOString()}","method":"GET","path":"${path}","status":200,"ms":${(performance.now() - began).toFixed(1)},"msg":"answered"}\n`,
  );
}

const TOUCH = 'update sessions set last_seen_at = $1 where token_hash = $2';

const server = createServer((request, response) => {
  answer(request.url ?? '', request.headers.cookie ?? '', response).catch((error: Error) =>
    response.writeHead(500).end(error.stack),
  );
});
server.listen(0, '127.0.0.1', () => reporting(server));
