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

/** A database of its own for a test file: a copy of the migrated template on the run's embedded PostgreSQL. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const { host, port, template } = inject('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Pool({ host, port, user: 'postgres', database: 'postgres', max: 1 });
  await admin.query(`create database ${name} template ${template}`);
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
