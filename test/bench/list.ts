import { randomBytes } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import type pg from 'pg';
import { hashOf } from '../../src/identity/sessions.ts';
import { asOwner, type Cluster, openCluster } from './database.ts';
import { ADDRESS, DATABASE_CORE, pin, SECRET, type Server, startServer } from './list.server.ts';
import { type Load, loadOf, type Measured } from './load.ts';
import { median, spread, type Table } from './table.ts';

const SIZE = { workers: 56_000, periods: 1_000_000, seed: 'bench' };
const VISITORS = 300;
const [KEEP, SHORT] = [process.argv.includes('--keep'), process.argv.includes('--short')];
const [ROUNDS, SECONDS] = SHORT ? [3, 3] : [7, 5];
/** Until the compiler has settled: the more code a server has, the longer. */
const WARM_UP = 12;
const PROFILE = process.argv.indexOf('--profile') < 0 ? undefined : process.argv[process.argv.indexOf('--profile') + 1];

/** The signed-in list page of 25 rows on a million periods: the portal beside bare servers that answer the same bytes. */
export async function benchList(): Promise<Table[]> {
  const cluster = await openCluster(KEEP);
  const started: Server[] = [];
  const start = async (...how: Parameters<typeof startServer>) => {
    const server = await startServer(...how);
    started.push(server);
    return server;
  };
  try {
    const { owner, portal: connection } = await cluster.filled(SIZE);
    const cookies = await asOwner(owner, openSessions);
    pin(cluster.postmaster, DATABASE_CORE);
    const portal = await start('portal.ts', { connection }, PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${PROFILE}`] : []);
    const sample = await pageOf(portal, cookies[0] ?? '');
    const pooled = await start('bare-list.ts', { connection, sample });
    const pipelined = await start('bare-list.ts', { connection, sample, pipelined: true });
    const bytes = await sameBytes(started, cookies);
    const { load, by, close } = loadOf(ADDRESS, cookies);
    const found = await rounds({ 'bare, pooled': pooled, 'bare, pipelined': pipelined, portal }, cluster, load);
    const { rss, loop } = await portal.report();
    close();
    const notes = [
      `${ROUNDS} rounds of ${SECONDS} s each by ${by}, 32 connections, ${VISITORS} visitors; medians, and ratios of each round (least–greatest)`,
      `page ${bytes.plain} bytes, ${bytes.brotli} with brotli 1; portal ${Math.round(rss / 1024 ** 2)} MB, its main loop late by ${loop.p99.toFixed(1)} ms at p99, ${loop.max.toFixed(1)} ms at most`,
    ];
    return [tableOf(found, notes)];
  } finally {
    for (const server of started) await server.stop();
    await cluster.close();
  }
}

/** Sessions of workers whose list has more than one page. @returns their Cookie headers */
export async function openSessions(db: pg.Client): Promise<string[]> {
  const { rows } = await db.query(
    `select w.worker_id, w.insz, w.given_name, w.family_name from workers w
     where (select count(*) from relations r where r.worker_id = w.worker_id and r.joint_committee = '322'
       and r.start_date > current_date - 300) between 26 and 120
     order by md5(w.insz) limit ${VISITORS}`,
  );
  await db.query('delete from sessions');
  const cookies: string[] = [];
  for (const { worker_id, insz, given_name, family_name } of rows) {
    const token = randomBytes(32).toString('base64url');
    await db.query(
      `insert into sessions (token_hash, worker_id, insz, given_name, family_name, method, assurance, created_at, last_seen_at)
       values ($1, $2, $3, $4, $5, 'eid', 500, now(), now())`,
      [hashOf(token, SECRET), worker_id, insz, given_name, family_name],
    );
    cookies.push(`interim-session=${token}`);
  }
  await db.query('vacuum (analyze) sessions');
  return cookies;
}

async function pageOf({ port }: Server, cookie: string): Promise<string> {
  const headers = { cookie, 'accept-language': 'nl-BE,nl;q=0.9,en;q=0.8', 'accept-encoding': 'identity' };
  const answer = await fetch(`http://127.0.0.1:${port}${ADDRESS}`, { headers });
  const html = await answer.text();
  if (answer.status !== 200) throw new Error(`the list answers ${answer.status}: ${html.slice(0, 200)}`);
  return html;
}

/** Every server gives every visitor the same page, or nothing is measured. */
async function sameBytes(servers: Server[], cookies: string[]): Promise<{ plain: number; brotli: number }> {
  const sizes: number[] = [];
  const packed: number[] = [];
  for (const cookie of cookies) {
    const [first = '', ...others] = await Promise.all(servers.map((server) => pageOf(server, cookie)));
    for (const other of others) if (other !== first) throw new Error(`the pages differ:\n${difference(first, other)}`);
    sizes.push(Buffer.byteLength(first));
    packed.push(brotliCompressSync(first, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }).length);
  }
  return { plain: median(sizes), brotli: median(packed) };
}

function difference(a: string, b: string): string {
  const [mine, yours] = [a.split('\n'), b.split('\n')];
  const at = mine.findIndex((line, i) => line !== yours[i]);
  return `${mine[at]}\n${yours[at]}`;
}

/** Each server in turn, the order turned round every other time; one round before the first warms up. */
async function rounds(servers: Record<string, Server>, cluster: Cluster, load: Load): Promise<Map<string, Measured[]>> {
  const found = new Map<string, Measured[]>(Object.keys(servers).map((name) => [name, []]));
  for (let round = -1; round < ROUNDS; round++) {
    const turns = round % 2 ? Object.entries(servers) : Object.entries(servers).reverse();
    for (const [name, { pid, port, report }] of turns) {
      const measured = await load({ pid, port, postmaster: cluster.postmaster }, round < 0 ? WARM_UP : SECONDS);
      if (round >= 0) found.get(name)?.push(measured);
      else await report();
    }
    process.stderr.write(round < 0 ? 'warm\n' : `round ${round + 1} of ${ROUNDS}\n`);
  }
  return found;
}

function tableOf(found: Map<string, Measured[]>, notes: string[]): Table {
  const speeds = (name: string) => (found.get(name) ?? []).map(({ perSecond }) => perSecond);
  const against = (name: string, limit: string) =>
    speeds(name).map((speed, i) => speed / (speeds(limit)[i] ?? Number.NaN));
  const rows = [...found].map(([name, measured]) => {
    const middle = (of: keyof Measured) => median(measured.map((one) => one[of]));
    return [
      name,
      spread(speeds(name), 0),
      spread(against(name, 'bare, pooled'), 2),
      spread(against(name, 'bare, pipelined'), 2),
      middle('p50').toFixed(1),
      middle('p99').toFixed(1),
      Math.round(middle('node')),
      Math.round(middle('database')),
    ];
  });
  const columns = [
    'list page',
    'answers/s',
    'of pooled',
    'of pipelined',
    'p50 ms',
    'p99 ms',
    'node µs',
    'PostgreSQL µs',
  ];
  return { title: 'Signed-in list page, 25 rows of a million periods', columns, rows, notes };
}
