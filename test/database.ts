import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../src/platform/db.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { host: string; port: number; template: string };
  }
}

export interface TestDatabase {
  /** As the owner of the tables, without the portal's limits: to arrange and to look. */
  db: pg.Pool;
  /** As the portal's own role: what the code under test uses. */
  portal: Database;
  /** With the portal's own limits of time. */
  connection: pg.ClientConfig;
  /** Without: for a house that is not tested for them. */
  patient: pg.ClientConfig;
  close(): Promise<void>;
}

/** A machine that runs other tests too is slow, not away. */
const PATIENCE = { connectionTimeoutMillis: 20_000, query_timeout: 20_000, statement_timeout: 20_000 };

/** What many files begin with: filled once a run, by whoever asks first. */
export interface Filling {
  name: string;
  fill(owner: pg.ClientBase): Promise<unknown>;
}

/** A database of its own for a test file: a copy of the migrated template on the run's embedded PostgreSQL, or of one that was filled. */
export async function openTestDatabase(filling?: Filling): Promise<TestDatabase> {
  const { host, port, template } = inject('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Pool({ host, port, user: 'postgres', database: 'postgres', max: 1 });
  if (filling) await fillOnce(filling);
  await admin.query(`create database ${name} template ${filling?.name ?? template} strategy file_copy`);
  const connection = { host, port, user: 'portal', database: name };
  const db = new pg.Pool({ host, port, user: 'postgres', database: name, options: '-c timezone=UTC' });
  // pg calls a pool ended while its sockets still close: dropping the database may cut them first
  db.on('error', (error) => {
    if ((error as { code?: string }).code !== '57P01') throw error;
  });
  const patient = { ...connection, ...PATIENCE };
  const portal = openDatabase({ connection: patient, log: { warn: () => undefined } });
  return {
    db,
    portal,
    connection,
    patient,
    async close() {
      await portal.close();
      await db.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

async function fillOnce({ name, fill }: Filling): Promise<void> {
  const { host, port, template } = inject('postgres');
  const client = async (database: string) => {
    const one = new pg.Client({ host, port, user: 'postgres', database, options: '-c timezone=UTC' });
    await one.connect();
    return one;
  };
  const admin = await client('postgres'); // of its own: a pool would close it, and let go of the lock, while it waits
  try {
    await admin.query('select pg_advisory_lock(hashtext($1))', [name]);
    if ((await admin.query('select from pg_database where datname = $1', [name])).rowCount === 1) return;
    const filling = `filling_${name}`;
    await admin.query(`create database ${filling} template ${template}`);
    const owner = await client(filling);
    await fill(owner)
      .then(() => owner.query('analyze'))
      .finally(() => owner.end());
    await admin.query(`alter database ${filling} rename to ${name}`);
  } finally {
    await admin.end();
  }
}
