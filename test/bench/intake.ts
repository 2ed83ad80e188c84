import type pg from 'pg';
import { DIMONA } from '../../src/web/paths.ts';
import { dayOf, openService, TOKEN } from './agency.ts';
import { asOwner, type Cluster, openCluster } from './database.ts';
import { DATABASE_CORE, pin, type Server, startServer } from './list.server.ts';
import { type Measured, type Posts, postsOf, type Route } from './load.ts';
import { median, spread, type Table } from './table.ts';

const LIMIT = 'bare INSERT';
/** Where declarations are handed in: to the limit, to the intake behind nothing but its rules, and to the portal as services do. */
const ROUTES: Record<string, Route & { script: string }> = {
  [LIMIT]: { script: 'intake.server.ts', address: '/bare', headers: {} },
  'the intake': { script: 'intake.server.ts', address: '/declarations', headers: {} },
  'the service': {
    script: 'portal.ts',
    address: `${DIMONA}/declarations`,
    headers: { authorization: `Bearer ${TOKEN}` },
  },
};
const SCRIPTS = [...new Set(Object.values(ROUTES).map(({ script }) => script))];

const SIZE = { workers: 20_000, periods: 400_000, seed: 'intake' };
const CONNECTIONS = 16;
const [KEEP, SHORT] = [process.argv.includes('--keep'), process.argv.includes('--short')];
/** Many short rounds: a machine that others use too changes its pace within seconds, and both sides of a ratio are to meet the same. */
const [ROUNDS, SECONDS, WARM_UP] = SHORT ? [3, 3, 5] : [25, 2, 10];
const PROFILE = process.argv.indexOf('--profile') < 0 ? undefined : process.argv[process.argv.indexOf('--profile') + 1];

/** Single declarations over HTTP through all rules, beside one INSERT in a transaction by the same server. */
export async function benchIntake(): Promise<Table[]> {
  const cluster = await openCluster(KEEP);
  const servers = new Map<string, Server>();
  try {
    const { owner, portal } = await cluster.copyOf(SIZE, 'intake');
    const posts = await asOwner(owner, arranged);
    pin(cluster.postmaster, DATABASE_CORE);
    const flags = PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${PROFILE}`] : [];
    for (const script of SCRIPTS) servers.set(script, await startServer(script, { connection: portal }, flags));
    const found = await rounds(servers, cluster, posts);
    const [bench, whole] = await Promise.all([...servers.values()].map((server) => server.report()));
    const kept = await asOwner(owner, async (db) => (await db.query(KEPT)).rows[0].n);
    const sizes = [bench, whole].map((report) => Math.round((report?.rss ?? 0) / 1024 ** 2));
    return [
      tableOf(found, [`${kept} declarations accepted, none refused; server ${sizes[0]} MB, portal ${sizes[1]} MB`]),
    ];
  } finally {
    for (const server of servers.values()) await server.stop();
    await cluster.close();
  }
}

const KEPT = "select count(*)::int as n from declarations where sender like 'client:bench%' and result = 'A'";

/** A table for the limit, and the declarations of all: every worker once, then every worker a day later, long after his history. */
async function arranged(db: pg.Client): Promise<Posts> {
  await db.query('create table bare (like declarations including identity, primary key (seq))');
  await db.query('grant insert on bare to portal');
  const service = await openService(db);
  return {
    body: dayOf(service, 'NUMBER', 'DAY'),
    numbers: service.inszs,
    firstDay: '2029-01-01',
    connections: CONNECTIONS,
  };
}

/** The routes in turn, the order turned round every other time; one round before the first warms up. */
async function rounds(servers: Map<string, Server>, cluster: Cluster, posts: Posts): Promise<Map<string, Measured[]>> {
  const { load, close } = postsOf(posts);
  const found = new Map<string, Measured[]>(Object.keys(ROUTES).map((name) => [name, []]));
  for (let round = -1; round < ROUNDS; round++) {
    const turns = round % 2 ? Object.entries(ROUTES) : Object.entries(ROUTES).reverse();
    for (const [name, { script, ...route }] of turns) {
      const { pid, port } = servers.get(script) as Server;
      const target = { pid, port, postmaster: cluster.postmaster };
      const measured = await load(route, target, round < 0 ? WARM_UP : SECONDS);
      if (round >= 0) found.get(name)?.push(measured);
    }
    process.stderr.write(round < 0 ? 'warm\n' : `round ${round + 1} of ${ROUNDS}\n`);
  }
  close();
  return found;
}

function tableOf(found: Map<string, Measured[]>, notes: string[]): Table {
  const speeds = (name: string) => (found.get(name) ?? []).map(({ perSecond }) => perSecond);
  const rows = [...found].map(([name, measured]) => {
    const middle = (of: keyof Measured) => median(measured.map((one) => one[of]));
    const ratios = speeds(name).map((speed, i) => speed / (speeds(LIMIT)[i] ?? Number.NaN));
    const each = [
      middle('p50').toFixed(1),
      middle('p99').toFixed(1),
      Math.round(middle('node')),
      Math.round(middle('database')),
    ];
    return [name, spread(speeds(name), 0), spread(ratios, 2), ...each];
  });
  const columns = ['declaration', 'answers/s', 'of bare', 'p50 ms', 'p99 ms', 'node µs', 'PostgreSQL µs'];
  const how = `${ROUNDS} rounds of ${SECONDS} s each, ${CONNECTIONS} connections, ${SIZE.periods} periods of ${SIZE.workers} workers`;
  return {
    title: 'Single declarations with all rules beside an INSERT in a transaction',
    columns,
    rows,
    notes: [how, ...notes],
  };
}
