import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { generate } from '../../src/generate/generate.actions.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { type Home, holdEmbedded, homeFor } from '../../src/platform/postgres.embedded.ts';

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
  /** The largest database that stands here, brought up to date. */
  largest(): Promise<{ owner: pg.ClientConfig; portal: pg.ClientConfig }>;
  close(): Promise<void>;
}

/** @param keep leave the cluster's folder for the next run instead of filling anew. */
export async function openCluster(keep: boolean): Promise<Cluster> {
  return clusterAt(newHome('bench', keep), keep);
}

/** The home of a benchmark's own cluster: of that name where it is kept, else a new one. */
export function newHome(name: string, keep: boolean): Home {
  const parent = path.dirname(homeFor(CHECKOUT, 'bench', false).root);
  mkdirSync(parent, { recursive: true });
  return homeFor(CHECKOUT, keep ? name : path.basename(mkdtempSync(path.join(parent, `${name}-`))), true);
}

/** The home of a cluster that stands somewhere: its folder, or the folder of its data. */
export function homeAt(folder: string): Home {
  const isData = existsSync(path.join(folder, 'PG_VERSION'));
  const root = path.resolve(isData ? path.dirname(folder) : folder);
  const data = isData ? path.resolve(folder) : path.join(root, 'data');
  if (!existsSync(path.join(data, 'PG_VERSION'))) throw new Error(`${folder} holds no data of PostgreSQL`);
  const near = path.join(root, 'socket');
  const sockets = near.length < 80 ? near : mkdtempSync(path.join(os.tmpdir(), 'interim-bench-'));
  return { ...homeFor(CHECKOUT, 'bench', true), root, data, sockets };
}

/** @param keep leave its folder where it is */
export async function clusterAt(home: Home, keep: boolean): Promise<Cluster> {
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
    async largest() {
      const name = await asOwner(as('postgres', 'postgres'), async (admin) => {
        const { rows } = await admin.query(
          'select datname from pg_database where not datistemplate order by pg_database_size(datname) desc limit 1',
        );
        return rows[0].datname as string;
      });
      await asOwner(as('postgres', name), (owner) => migrate(owner, 'portal'));
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
