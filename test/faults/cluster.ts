import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { migrate } from '../../src/platform/migrate.ts';
import { type Embedded, type Home, holdEmbedded } from '../../src/platform/postgres.embedded.ts';
import { testHome } from '../home.ts';
import { childrenOf } from '../processes.ts';

/** A PostgreSQL of a test's own, to be stopped, frozen and killed. */
export interface Cluster {
  home: Home;
  portal: pg.ClientConfig;
  postmaster(): number;
  /** The process that keeps the postmaster. */
  guardian(): number;
  /** The postmaster and every backend, as they are now. */
  processes(): number[];
  hold(): Promise<Embedded>;
  release(): Promise<void>;
  close(): Promise<void>;
}

/** `durable`: what it committed outlives a crash of its own, as in production. */
export async function openCluster({ durable = false } = {}): Promise<Cluster> {
  const { home, remove } = testHome('fault', durable);
  const { host, port, release } = await holdEmbedded(home);
  const owner = new pg.Client({ host, port, user: 'postgres', database: 'postgres' });
  await owner.connect();
  await migrate(owner, 'portal');
  await owner.end();
  const postmaster = () => Number(readFileSync(path.join(home.data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  return {
    home,
    portal: { host, port, user: 'portal', database: 'postgres' },
    postmaster,
    processes: () => [postmaster(), ...childrenOf(postmaster())],
    guardian: () => Number(readFileSync(`/proc/${postmaster()}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]),
    hold: () => holdEmbedded(home),
    release,
    async close() {
      await release();
      remove();
    },
  };
}

/** Waits until something holds, looking every 20 ms. @throws when it does not within `most` milliseconds */
export async function until(holds: () => boolean | Promise<boolean>, most: number, what: string): Promise<number> {
  const began = performance.now();
  while (!(await holds())) {
    if (performance.now() - began > most) throw new Error(`${what}: not within ${most} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return performance.now() - began;
}
