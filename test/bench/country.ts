import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { ASKS, type Ask } from './country.asks.ts';
import { type Cast, castOf } from './country.cast.ts';
import { crowd } from './country.crowd.ts';
import { plansOf, sizesOf } from './country.told.ts';
import { asOwner, type Cluster, clusterAt, homeAt, newHome } from './database.ts';
import { DATABASE_CORE, pin, type Server, startServer } from './list.server.ts';
import { median, spread, type Table } from './table.ts';

/** Beside each other: a million periods and a whole country, with as many periods a worker. */
const SMALL = 1_000_000;
const COUNTRY = { workers: 700_000, periods: 36_000_000 };
const GOAL = 1.15;
/** As docs/operations.md has them for a country, on 24 GiB. */
const SETTINGS = { shared_buffers: '6GB', max_wal_size: '16GB', checkpoint_timeout: '30min' };
const [KEEP, SHORT, PLANS] = ['--keep', '--short', '--plans'].map((word) => process.argv.includes(word));
const [ROUNDS, SECONDS, CROWD_SECONDS] = SHORT ? [3, 0.7, 20] : [9, 2, 300];
/** Answers of a side and a round at least, however slow they are. */
const LEAST = 5;

type Done = NonNullable<Ask['done']>;
/** Milliseconds between two looks whether something is done. */
const LOOK = 4;

interface Side {
  name: 'small' | 'large';
  cluster: Cluster;
  owner: pg.ClientConfig;
  portal: pg.ClientConfig;
  server: Server;
  cast: Cast;
  /** How often each thing was asked: nobody asks twice before everybody has. */
  asked: Map<string, number>;
}

/** What people and services ask, on a small database and on a large one in turn, by the portal that each has. Writes into both. */
export async function benchCountry(): Promise<Table[]> {
  const sides: Side[] = [];
  try {
    const data = optionOf('--data');
    const periods = Number(optionOf('--periods') ?? COUNTRY.periods);
    sides.push(await sideOf('small', SMALL));
    sides.push(await sideOf('large', periods, data));
    const [small, large] = sides as [Side, Side];
    const visits = await Promise.all(sides.map(({ server, cast }) => crowd(server.port, cast.crowd, CROWD_SECONDS)));
    process.stderr.write(`visited before: small ${visits[0]}, large ${visits[1]}\n`);
    const found = await rounds(small, large);
    if (PLANS) for (const side of sides) process.stdout.write(await plansOf(side));
    const sizes = await asOwner(large.owner, sizesOf);
    const [few, many] = [await asOwner(small.owner, countOf), await asOwner(large.owner, countOf)];
    return [
      tableOf(found, `small: ${few}, ${visits[0]} visits before; large: ${many}, ${visits[1]} visits before`),
      sizes,
    ];
  } finally {
    for (const { server } of sides) await server.stop();
    for (const { cluster } of sides) await cluster.close();
  }
}

function optionOf(option: string): string | undefined {
  const place = process.argv.indexOf(option);
  return place < 0 ? undefined : process.argv[place + 1];
}

async function sideOf(name: Side['name'], periods: number, data?: string): Promise<Side> {
  const home = data === undefined ? newHome(`country-${name}`, KEEP === true) : homeAt(path.resolve(data));
  const cluster = await clusterAt({ ...home, settings: SETTINGS }, KEEP === true || data !== undefined);
  try {
    const workers = Math.round((periods * COUNTRY.workers) / COUNTRY.periods);
    const size = { workers, periods, seed: 'country' };
    const { owner, portal } = data === undefined ? await cluster.filled(size) : await cluster.largest();
    await asOwner(owner, async (db) => {
      const { rows } = await db.query('show shared_buffers');
      if (rows[0].shared_buffers !== SETTINGS.shared_buffers)
        throw new Error(`PostgreSQL of ${home.root} runs for somebody else, with other memory: stop that first`);
    });
    const cast = await asOwner(owner, castOf);
    pin(cluster.postmaster, DATABASE_CORE);
    const server = await startServer('portal.ts', { connection: portal });
    return { name, cluster, owner, portal, server, cast, asked: new Map() };
  } catch (error) {
    await cluster.close();
    throw error;
  }
}

type Found = Map<string, { small: number[]; large: number[] }>;

/** One round before the first warms up. */
async function rounds(small: Side, large: Side): Promise<Found> {
  const found: Found = new Map(ASKS.map(({ name }) => [name, { small: [], large: [] }]));
  for (let round = -1; round < ROUNDS; round++) {
    for (const ask of ASKS) {
      const took = await inTurn(small, large, ask);
      if (round < 0) continue;
      found.get(ask.name)?.small.push(took.small);
      found.get(ask.name)?.large.push(took.large);
    }
    process.stderr.write(round < 0 ? 'warm\n' : `round ${round + 1} of ${ROUNDS}\n`);
  }
  return found;
}

/** One request to one side, the next to the other, so that a machine that others use too slows both alike. @returns medians in ms */
async function inTurn(small: Side, large: Side, ask: Ask): Promise<{ small: number; large: number }> {
  const took = { small: [] as number[], large: [] as number[] };
  const end = performance.now() + 2 * SECONDS * 1000;
  const least = ask.times ?? LEAST;
  for (let n = 0; n < least || (ask.times === undefined && performance.now() < end); n++) {
    for (const side of n % 2 ? [small, large] : [large, small]) took[side.name].push(await asked(side, ask));
  }
  return { small: median(took.small), large: median(took.large) };
}

async function asked({ name, server, cast, asked }: Side, ask: Ask): Promise<number> {
  const n = asked.get(ask.name) ?? 0;
  asked.set(ask.name, n + 1);
  const { path, headers, ...request } = ask.request(cast, n);
  const sent = { ...request, headers: { ...headers, 'accept-encoding': 'identity' }, redirect: 'manual' as const };
  const start = performance.now();
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, sent);
  let text = await answer.text();
  if (ask.done && answer.status !== 201) text = await doneAt(server, ask.done, ask.done.at(answer, text), sent.headers);
  const took = performance.now() - start;
  const isFine = ask.answers.includes(answer.status) && (ask.isRight?.(answer, text) ?? true);
  if (!isFine)
    throw new Error(
      `${ask.name}, ${name}: ${answer.status} ${answer.headers.get('location') ?? ''} ${text.slice(0, 300)}`,
    );
  return took;
}

/** Looks until what was begun is done. */
async function doneAt(
  { port }: Server,
  { isDone }: Done,
  path: string,
  headers: Record<string, string>,
): Promise<string> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers, redirect: 'manual' });
    const text = await answer.text();
    if (isDone(answer, text)) return text;
    if (answer.status >= 500) throw new Error(`${path}: ${answer.status} ${text.slice(0, 300)}`);
    await pause(LOOK);
  }
}

async function countOf(db: pg.Client): Promise<string> {
  const { rows } = await db.query(
    `select (select reltuples from pg_class where oid = 'relations'::regclass)::bigint::text as periods,
       (select reltuples from pg_class where oid = 'workers'::regclass)::bigint::text as workers`,
  );
  return `${rows[0].periods} periods of ${rows[0].workers} workers`;
}

function tableOf(found: Found, sides: string): Table {
  const missed: string[] = [];
  const rows = [...found].map(([name, took]) => {
    const ratios = took.large.map((ms, i) => ms / (took.small[i] ?? Number.NaN));
    const isMet = median(ratios) <= GOAL;
    if (!isMet) missed.push(name);
    return [
      name,
      median(took.small).toFixed(2),
      median(took.large).toFixed(2),
      spread(ratios, 2),
      isMet ? '' : 'missed',
    ];
  });
  if (missed.length > 0) process.exitCode = 1;
  const notes = [
    `${sides}; both with ${JSON.stringify(SETTINGS)}`,
    `${ROUNDS} rounds of ${2 * SECONDS} s for each line, one request to either side in turn; medians, and ratios of each round (least–greatest)`,
    missed.length > 0 ? `missed ${GOAL}: ${missed.join(', ')}` : `all within ${GOAL}`,
  ];
  return {
    title: 'A country beside a small one',
    columns: ['asked', 'small p50 ms', 'large p50 ms', 'ratio', ''],
    rows,
    notes,
  };
}
