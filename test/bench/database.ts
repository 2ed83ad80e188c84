import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { generate } from '../../src/generate/generate.actions.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { holdEmbedded, homeFor } from '../../src/platform/postgres.embedded.ts';

const CHECKOUT = path.join(import.meta.dirname, '../..');

/** A throw-away cluster of a benchmark's own, as durable as one of production: whoever is measured waits for the disk. */
export interface Cluster {
  postmaster: number;
  /** A new, migrated database and how to reach it as the owner and as the portal. */
  database(name: string): Promise<{ owner: pg.ClientConfig; portal: pg.ClientConfig }>;
  /** A database whose filling is worth keeping for the next run, when the command says `--keep`. */
  filled(size: {
    workers: number;
    periods: number;
    seed: string;
  }): Promise<{ owner: pg.ClientConfig; portal: pg.ClientConfig }>;
  /** The same to write in: a copy that is made anew each time. */
  copyOf(
    size: { workers: number; periods: number; seed: string },
    name: string,
  ): Promise<{ owner: pg.ClientConfig; portal: pg.ClientConfig }>;
  close(): Promise<void>;
}

/** @param keep leave the cluster's folder for the next run instead of filling anew. */
export async function openCluster(keep: boolean): Promise<Cluster> {
  const parent = path.dirname(homeFor(CHECKOUT, 'bench', false).root);
  mkdirSync(parent, { recursive: true });
  const name = keep ? 'bench' : path.basename(mkdtempSync(path.join(parent, 'bench-')));
  const home = homeFor(CHECKOUT, name, true);
  const { host, port, release } = await holdEmbedded(home);
  const as = (user: string, database: string) => ({ host, port, user, database });
  const both = (database: string) => ({ owner: as('postgres', database), portal: as('portal', database) });

  const cluster: Cluster = {
    postmaster: Number(readFileSync(path.join(home.data, 'postmaster.pid'), 'utf8').split('\n')[0]),
    async database(name) {
      await asOwner(as('postgres', 'postgres'), async (admin) => {
        await admin.query(`drop database if exists ${name} with (force)`);
        await admin.query(`create database ${name}`);
      });
      await asOwner(as('postgres', name), (owner) => migrate(owner, 'portal'));
      return both(name);
    },
    async filled({ workers, periods, seed }) {
      const name = `filled_${workers}_${periods}_${seed}`;
      const isThere = await asOwner(as('postgres', 'postgres'), async (admin) => {
        const { rowCount } = await admin.query('select from pg_database where datname = $1', [name]);
        return rowCount === 1;
      });
      if (isThere) {
        await asOwner(as('postgres', name), (owner) => migrate(owner, 'portal'));
        return both(name);
      }
      await cluster.database('filling');
      await asOwner(as('postgres', 'filling'), async (db) => {
        const today = new Date().toISOString().slice(0, 10);
        await generate({ db, workers, periods, seed, today, progress: told('Making up periods') });
        await db.query('vacuum (analyze)');
        await db.query('checkpoint');
      });
      await asOwner(as('postgres', 'postgres'), (admin) => admin.query(`alter database filling rename to ${name}`));
      return both(name);
    },
    async copyOf(size, name) {
      const { owner } = await cluster.filled(size);
      await asOwner(as('postgres', 'postgres'), async (admin) => {
        await admin.query(`drop database if exists ${name} with (force)`);
        await admin.query(`create database ${name} template ${owner.database}`);
      });
      return both(name);
    },
    async close() {
      await release();
      if (!keep) rmSync(home.root, { recursive: true, force: true });
    },
  };
  return cluster;
}

export async function asOwner<T>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...config, options: '-c timezone=UTC -c datestyle=ISO' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A line on the terminal that counts on, at most four times a second. */
function told(what: string): (done: number, total: number) => void {
  let next = 0;
  return (done, total) => {
    if (performance.now() < next && done < total) return;
    next = performance.now() + 250;
    process.stderr.write(`\r${what}: ${done} of ${total}${done >= total ? '\n' : ''}`);
  };
}
