import type pg from 'pg';
import { asOwner, type Cluster, openCluster } from './database.ts';
import { DATABASE_CORE, pin, type Server, startServer } from './list.server.ts';
import { type Measured, type Posts, postsOf } from './load.ts';
import { median, spread, type Table } from './table.ts';

/** Where a declaration is handed in, and what must come with it: the service's own route once it is to be measured, with a token. */
const ROUTE = { address: '/declarations', headers: {} as Record<string, string> };
const LIMIT = { ...ROUTE, address: '/bare' };

const SIZE = { workers: 20_000, periods: 400_000, seed: 'intake' };
const CONNECTIONS = 16;
const [KEEP, SHORT] = [process.argv.includes('--keep'), process.argv.includes('--short')];
const [ROUNDS, SECONDS, WARM_UP] = SHORT ? [3, 3, 5] : [7, 5, 10];
const PROFILE = process.argv.indexOf('--profile') < 0 ? undefined : process.argv[process.argv.indexOf('--profile') + 1];

/** Single declarations over HTTP through all rules, beside one INSERT in a transaction by the same server. */
export async function benchIntake(): Promise<Table[]> {
  const cluster = await openCluster(KEEP);
  let server: Server | undefined;
  try {
    const { owner, portal } = await cluster.copyOf(SIZE, 'intake');
    const posts = await asOwner(owner, arranged);
    pin(cluster.postmaster, DATABASE_CORE);
    const flags = PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${PROFILE}`] : [];
    server = await startServer('intake.server.ts', { connection: portal }, flags);
    const found = await rounds(server, cluster, posts);
    const { rss } = await server.report();
    const kept = await asOwner(owner, async (db) => (await db.query(KEPT)).rows[0].n);
    return [tableOf(found, [`${kept} declarations accepted, none refused; server ${Math.round(rss / 1024 ** 2)} MB`])];
  } finally {
    await server?.stop();
    await cluster.close();
  }
}

const KEPT = "select count(*)::int as n from declarations where sender = 'client:bench' and result = 'A'";

/** A table for the limit, and the declarations of all: every worker once, then every worker a day later, long after his history. */
async function arranged(db: pg.Client): Promise<Posts> {
  await db.query('create table bare (like declarations including identity, primary key (seq))');
  await db.query('grant insert on bare to portal');
  const { rows } = await db.query<{ agency: string; user: string; inszs: string[] }>(
    `select min(enterprise_number) filter (where kind = 'agency') as agency, min(enterprise_number) filter (where kind = 'user') as user,
      (select array_agg(insz order by md5(insz)) from workers) as inszs
     from enterprises`,
  );
  const [{ agency = '', user = '', inszs = [] } = {}] = rows;
  const features = {
    jointCommissionNumber: '322',
    workerType: 'OTH',
    usingEmployer: { enterpriseNumber: user, jointCommissionNumber: 'XXX' },
  };
  const body = JSON.stringify({
    employer: { enterpriseNumber: agency },
    worker: { ssin: 'NUMBER', givenName: 'An', familyName: 'Peeters' },
    dimonaIn: { startDate: 'DAY', endDate: 'DAY', features },
  });
  return { body, numbers: inszs, firstDay: '2029-01-01', connections: CONNECTIONS };
}

/** The two routes in turn, the order turned round every other time; one round before the first warms up. */
async function rounds({ pid, port }: Server, cluster: Cluster, posts: Posts): Promise<Map<string, Measured[]>> {
  const { load, close } = postsOf(posts);
  const routes = { 'bare INSERT': LIMIT, intake: ROUTE };
  const found = new Map<string, Measured[]>(Object.keys(routes).map((name) => [name, []]));
  for (let round = -1; round < ROUNDS; round++) {
    const turns = round % 2 ? Object.entries(routes) : Object.entries(routes).reverse();
    for (const [name, route] of turns) {
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
    const ratios = speeds(name).map((speed, i) => speed / (speeds('bare INSERT')[i] ?? Number.NaN));
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
