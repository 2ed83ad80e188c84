import path from 'node:path';
import pg from 'pg';
import type { Config } from '../config.ts';
import { type Database, openDatabase } from '../platform/db.ts';
import { createLog } from '../platform/log.ts';
import { holdEmbedded, homeFor } from '../platform/postgres.embedded.ts';

const CHECKOUT = path.join(import.meta.dirname, '../..');
const DATABASE = 'interim';
const ROLE = 'portal';

/** A database to work on, as the portal and as the owner of its tables, and how to let go of it. */
export interface Ground {
  portal: pg.ClientConfig;
  owner: pg.ClientConfig;
  /** Name of the portal's role. */
  role: string;
  release(): Promise<void>;
}

/** The database that the environment names, else the embedded one of this checkout: started if it does not run, shared if it does. */
export async function openGround(config: Config): Promise<Ground> {
  if (config.DATABASE_URL) {
    const portal = { connectionString: config.DATABASE_URL };
    const owner = { connectionString: config.DATABASE_ADMIN_URL ?? config.DATABASE_URL };
    return {
      portal,
      owner,
      role: decodeURIComponent(new URL(config.DATABASE_URL).username),
      release: async () => undefined,
    };
  }
  const { host, port, release } = await holdEmbedded(homeFor(CHECKOUT, 'postgres', true));
  const owner = { host, port, user: 'postgres', database: DATABASE };
  await makeDatabase({ ...owner, database: 'postgres' });
  return { portal: { host, port, user: ROLE, database: DATABASE }, owner, role: ROLE, release };
}

async function makeDatabase(admin: pg.ClientConfig): Promise<void> {
  await withClient(admin, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  });
}

/** Migrates the embedded database by itself; a named one is migrated by the operator, with `migrate`. */
export async function prepareGround(config: Config, ground: Ground, leavesAside = false): Promise<void> {
  if (config.DATABASE_URL) return;
  const { migrate } = await import('../platform/migrate.ts'); // a command starts in three quarters of the time without
  await withClient(ground.owner, (client) => migrate(client, ground.role, leavesAside));
}

/** Works as the portal on a database that is up to date, and lets go of it. */
export async function inDatabase<T>(config: Config, work: (db: Database) => Promise<T>): Promise<T> {
  const ground = await openGround(config);
  try {
    await prepareGround(config, ground);
    const db = openDatabase({ connection: ground.portal, log: createLog('warn') });
    return await work(db).finally(() => db.close());
  } finally {
    await ground.release();
  }
}

export async function withClient<T>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...config, options: '-c timezone=UTC -c datestyle=ISO' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
