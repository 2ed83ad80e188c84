import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { readConfig } from '../../src/config.ts';
import { buildHouse, type House } from '../../src/house.ts';
import { type Neighbours, openNeighbours } from '../deliveries/neighbours.ts';
import { drawing } from '../drawing.ts';
import { type Cluster, openCluster } from './cluster.ts';

/** What became of deliveries while everything around them failed. */
export interface Outcome {
  ordered: number;
  sent: number;
  /** Overviews that stand in the eBox exactly once, more often, never. */
  ebox: { once: number; oftener: number; never: number };
  /** Deliveries by mail of which at least one mail arrived, none did, or more than one Message-ID did. */
  mail: { arrived: number; lost: number; torn: number };
  kills: number;
  restarts: number;
  seconds: number;
}

const A_WORKER = 20;
const STEPS = ['begun', 'out', 'noted'] as const;

/**
 * Orders `n` deliveries, half by mail and half to the eBox, and works them off in a process that is killed at every step in turn, while the eBox
 * dies after it kept a message, the mail server cuts the line in DATA, and PostgreSQL stops at once. Ends when nothing waits any more.
 */
export async function deliverThroughFaults(n: number, most: number): Promise<Outcome> {
  const began = performance.now();
  await using standing = new AsyncDisposableStack();
  const cluster = standing.adopt(await openCluster({ durable: true }), (one) => one.close());
  const near = standing.adopt(await openNeighbours(), (one) => one.close());
  const owner = standing.adopt(await ownerOf(cluster), (one) => one.end());
  // a process that died is noticed after 2 seconds here, and a failed try is repeated after 1
  await owner.query(
    `update pgboss.queue set heartbeat_seconds = 2, retry_delay = 1, retry_delay_max = 1, retry_limit = 200`,
  );
  await order(n, cluster, near, owner);
  const { kills, restarts } = await workOff({ cluster, near, owner, most });
  return {
    ...(await outcomeOf(owner, near)),
    ordered: n,
    kills,
    restarts,
    seconds: (performance.now() - began) / 1000,
  };
}

async function ownerOf(cluster: Cluster): Promise<pg.Pool> {
  const pool = new pg.Pool({ ...cluster.portal, user: 'postgres', max: 2 });
  pool.on('error', () => undefined); // it lives through the restarts
  return pool;
}

function houseOn(cluster: Cluster, near: Neighbours): House {
  return buildHouse({
    drawing: drawing(),
    config: readConfig('demo', { EID_OCSP: 'off', ...near.environment }),
    connection: cluster.portal,
    publicUrl: 'http://localhost:3999',
    secret: 'a secret for tests, of 32 characters',
    trust: [],
    log: pino({ level: 'silent' }),
  });
}

async function order(n: number, cluster: Cluster, near: Neighbours, owner: pg.Pool): Promise<void> {
  const house = houseOn(cluster, near);
  try {
    for (let made = 0; made < n / 2; made += A_WORKER) {
      const insz = inszOf(made / A_WORKER);
      const { rows } = await owner.query<{ id: string }>(
        `with made as (insert into workers (insz, given_name, family_name) values ($1, 'Ann', 'Maes') returning worker_id),
           numbered as (insert into worker_numbers (insz, worker_id) select $1, worker_id from made),
           addressed as (insert into worker_addresses (worker_id, address, language, confirmed_at)
             select worker_id, 'ann' || worker_id || '@example.be', 'nl', now() from made)
         select worker_id::text as id from made`,
        [insz],
      );
      const workerId = rows[0]?.id ?? '';
      for (let i = made; i < Math.min(made + A_WORKER, n / 2); i++)
        await orderBoth(house, owner, { workerId, insz, i });
    }
  } finally {
    await house.close();
  }
}

/** Check digits of somebody born in 1985. */
function inszOf(n: number): string {
  const base = `850730${String(n + 1).padStart(3, '0')}`;
  return `${base}${String(97 - (Number(base) % 97)).padStart(2, '0')}`;
}

async function orderBoth(
  house: House,
  owner: pg.Pool,
  { workerId, insz, i }: { workerId: string; insz: string; i: number },
) {
  const overviewId = `overview${i}`;
  await owner.query(
    `insert into overviews (overview_id, worker_id, requested_at, expires_at, language, filter, sections, full_insz, state, made_at,
       relation_count, pdf) values ($1, $2, now(), now() + interval '1 day', 'nl', '{}', '{list}', false, 'ready', now(), 1, $3)`,
    [overviewId, workerId, Buffer.from(`%PDF-1.7 ${overviewId}`)],
  );
  const visitor = {
    kind: 'worker' as const,
    ...{ workerId, insz, givenName: 'Ann', familyName: 'Maes', method: 'eid', assurance: 500 },
    ...{ provenAt: new Date().toISOString(), previousVisitAt: null, mayChoose: false },
  };
  for (const channel of ['mail', 'ebox'] as const)
    await house.deliveries.order(visitor, { overviewId, channel, attach: false, language: 'nl', requestId: 'drill' });
}

interface Ground {
  cluster: Cluster;
  near: Neighbours;
  owner: pg.Pool;
  /** Milliseconds. */
  most: number;
}

async function workOff({ cluster, near, owner, most }: Ground): Promise<{ kills: number; restarts: number }> {
  let [kills, restarts] = [0, 0];
  const ends = performance.now() + most;
  for (let turn = 0; (await waiting(owner)) > 0; turn++) {
    if (performance.now() > ends) throw new Error(`${await waiting(owner)} deliveries still wait after ${most} ms`);
    const step = STEPS[turn]; // each once; after that it dies by other hands
    near.ebox.fail(turn % 2 === 0 ? 'die-after' : '500', 5);
    near.mailbox.fail(turn % 2 === 0 ? 'drop-after' : 'drop');
    const child = await worker(cluster, near, step ?? '');
    setTimeout(() => near.mailbox.fail(null), 1_500).unref();
    const gone = once(child, 'exit');
    await Promise.race([gone, pause(step ? 6_000 : 12_000), done(owner)]);
    if (turn === 1 || turn === 3) {
      process.kill(cluster.postmaster(), 'SIGQUIT');
      restarts++;
      await pause(2_000);
    }
    child.kill('SIGKILL');
    await gone;
    kills++;
  }
  return { kills, restarts };
}

async function done(owner: pg.Pool): Promise<void> {
  while ((await waiting(owner)) > 0) await pause(300);
}

/** A process that works jobs off, once it does. */
async function worker(cluster: Cluster, near: Neighbours, step: string): Promise<ChildProcess> {
  const place = { PLACE: JSON.stringify(cluster.portal), ...(step && { DIE_AT: step }) };
  const file = path.join(import.meta.dirname, 'deliveries.worker.ts');
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const env = { PATH, NODE_COMPILE_CACHE, ...near.environment, ...place };
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  return child;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asked again while the database restarts. */
async function waiting(owner: pg.Pool): Promise<number> {
  for (;;) {
    const told = await owner
      .query<{ n: number }>(`select count(*)::int as n from deliveries where state in ('waiting', 'sending')`)
      .catch(() => null);
    if (told) return told.rows[0]?.n ?? 0;
    await pause(200);
  }
}

async function outcomeOf(owner: pg.Pool, near: Neighbours) {
  const { rows } = await owner.query<{ channel: string; key: string; state: string; overview_id: string }>(
    'select channel, key, state, overview_id from deliveries',
  );
  const stood = Map.groupBy(near.ebox.book.stored, ({ attachments }) => attachments[0]?.sha256);
  const times = rows
    .filter(({ channel }) => channel === 'ebox')
    .map(({ overview_id: id }) => stood.get(createHash('sha256').update(`%PDF-1.7 ${id}`).digest('hex'))?.length ?? 0);
  const ids = Map.groupBy(near.mailbox.arrived, ({ mail }) => mail.text?.match(/\/overviews\/(\w+)/)?.[1] ?? '');
  const mails = rows
    .filter(({ channel }) => channel === 'mail')
    .map(({ overview_id: id, key }) => ({ key, seen: new Set(ids.get(id)?.map(({ mail }) => mail.messageId)) }));
  return {
    sent: rows.filter(({ state }) => state === 'sent').length,
    ebox: {
      once: times.filter((n) => n === 1).length,
      oftener: times.filter((n) => n > 1).length,
      never: times.filter((n) => n === 0).length,
    },
    mail: {
      arrived: mails.filter(({ key, seen }) => seen.has(`<${key}@interim.example>`)).length,
      lost: mails.filter(({ seen }) => seen.size === 0).length,
      torn: mails.filter(({ seen }) => seen.size > 1).length,
    },
  };
}
