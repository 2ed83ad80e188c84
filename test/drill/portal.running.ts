import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { generate } from '../../src/generate/generate.actions.ts';
import { openService, type Service } from '../bench/agency.ts';
import { asOwner } from '../bench/database.ts';
import { openSessions } from '../bench/list.ts';
import { authority } from '../pki.ts';
import { type Asking, asked, type Came, securely } from './portal.asking.ts';
import { freePort, listening, ROOT, start, stop } from './process.ts';
import { production } from './serving.ts';

const SIZE = { workers: 3_000, periods: 55_000, seed: 'bench' };
const DATABASE = 'interim';
const [OWNER, PORTAL] = ['interim_owner', 'portal'] as const;
const MAIN = path.join(ROOT, 'src/main.ts');

/** A new PostgreSQL, on 127.0.0.1. */
export interface Bare {
  port: number;
  superuser: { user: string; password: string };
  /** For what else is kept. */
  folder: string;
}

/** One portal as production runs it, on a database of made-up people that it reaches by a port. */
export interface Running {
  portal: ChildProcess;
  owner: pg.ClientConfig;
  cookies: string[];
  service: Service;
  ask(path: string, asking: Asking): Promise<Came>;
  close(): Promise<void>;
}

export async function openPortalOn({ port, superuser, folder }: Bare): Promise<Running> {
  const at = { host: '127.0.0.1', port };
  const owner = { ...at, user: OWNER, password: OWNER, database: DATABASE };
  await asOwner({ ...at, ...superuser, database: 'postgres' }, async (db) => {
    for (const role of [OWNER, PORTAL]) await db.query(`create role ${role} login password '${role}'`);
    await db.query(`create database ${DATABASE} owner ${OWNER}`);
  });
  writeFileSync(path.join(folder, 'ca.pem'), (await authority({ commonName: 'Citizen CA' })).pem);
  const migrated = await commanded({ port, folder }, ['migrate']);
  if (migrated !== 0) throw new Error(`the migration ended with ${migrated}`);
  const today = new Date().toISOString().slice(0, 10);
  await asOwner(owner, async (db) => {
    await generate({ db, ...SIZE, today });
    await db.query('vacuum (analyze)');
  });
  const cookies = (await asOwner(owner, openSessions)).map(securely);
  const service = await asOwner(owner, openService);

  const own = await freePort();
  // each refusal is a line of its log; what is no refusal is counted by who asked
  const portal = start(process.execPath, [MAIN, 'serve'], {
    ...production(urlOf(PORTAL, port), folder),
    LOG_LEVEL: 'fatal',
    PORT: String(own),
  });
  await listening(own, portal);
  const ask: Running['ask'] = (address, asking) => asked(own, address, asking);
  return { portal, owner, cookies, service, ask, close: () => stop(portal) };
}

/** A command of the portal on that database. @returns its exit code */
export async function commanded({ port, folder }: Omit<Bare, 'superuser'>, words: string[]): Promise<number> {
  const environment = {
    ...production(urlOf(PORTAL, port), folder),
    LOG_LEVEL: 'error',
    DATABASE_ADMIN_URL: urlOf(OWNER, port),
  };
  const log = path.join(folder, 'commands.log');
  const [code] = await once(start(process.execPath, [MAIN, ...words], environment, { log }), 'exit');
  return code;
}

const urlOf = (role: string, port: number) => `postgres://${role}:${role}@127.0.0.1:${port}/${DATABASE}`;
