import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/platform/db.ts';
import { installJobs } from '../../src/platform/jobs.schema.ts';
import { type Jobs, openJobs } from '../../src/platform/jobs.ts';
import { type Cluster, openCluster, until } from './cluster.ts';

type Post = { parcels: { parcel: number } };
const queues = { parcels: { tries: 50, firstWait: 1, longestWait: 1, longestTry: 60, atOnce: 10 } };
const log = { warn: () => undefined, error: () => undefined };

let cluster: Cluster;
let db: Database;
let jobs: Jobs<Post>;
const done = new Set<number>();

beforeAll(async () => {
  cluster = await openCluster({ durable: true });
  const owner = new pg.Client({ ...cluster.portal, user: 'postgres' });
  await owner.connect();
  await installJobs(owner, queues);
  await owner.end();
  db = openDatabase({ connection: cluster.portal, log });
  jobs = openJobs<Post>({ db, connection: cluster.portal, log, queues, every: { look: 0.5, supervise: 1 } });
  jobs.does('parcels', { run: async ({ data }) => void done.add(data.parcel) });
  await jobs.start();
}, 60_000);
afterAll(async () => {
  await jobs.close();
  await db.close();
  await cluster.close();
});

/** What was promised: a job whose transaction was told to be kept. */
async function promised(from: number, to: number): Promise<number[]> {
  const kept: number[] = [];
  for (let parcel = from; parcel < to; parcel++) {
    await db
      .transaction((tx) => jobs.enqueue(tx, 'parcels', { parcel }))
      .then(
        () => kept.push(parcel),
        () => undefined, // not promised: the portal would have answered 503
      );
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return kept;
}

const isBack = () =>
  db
    .transaction((tx) => jobs.enqueue(tx, 'parcels', { parcel: -1 }))
    .then(
      () => true,
      () => false,
    );
const allDone = (kept: number[]) => until(() => kept.every((parcel) => done.has(parcel)), 40_000, 'every job done');

describe('the workers', () => {
  it('live through a database that stops at once, and hear again by themselves', async () => {
    const before = cluster.postmaster();
    const [kept] = await Promise.all([
      promised(0, 200),
      (async () => {
        await until(() => done.size > 20, 10_000, 'some jobs done');
        process.kill(before, 'SIGQUIT');
      })(),
    ]);
    await until(isBack, 20_000, 'the database back');
    kept.push(...(await promised(200, 220)));
    expect(kept.length).toBeGreaterThan(40);
    await allDone(kept);
  }, 90_000);

  it.runIf(process.platform === 'linux')(
    'live through one that freezes',
    async () => {
      const frozen = cluster.processes();
      for (const pid of frozen) process.kill(pid, 'SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      for (const pid of frozen) process.kill(pid, 'SIGCONT');
      await until(isBack, 20_000, 'the database back');
      const kept = await promised(300, 320);
      expect(kept.length).toBeGreaterThan(10);
      await allDone(kept);
    },
    90_000,
  );
});
