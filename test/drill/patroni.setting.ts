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
import { openPair, type Pair } from './patroni.cluster.ts';
import { type Asking, asked, type Came, environmentOf, securely } from './portal.asking.ts';
import { freePort, listening, ROOT, start, stop } from './process.ts';

const SIZE = { workers: 3_000, periods: 55_000, seed: 'bench' };
const DATABASE = 'interim';
const [OWNER, PORTAL] = ['interim_owner', 'portal'] as const;

/** One portal as production runs it, and made-up people in a pair of databases behind HAProxy. */
export interface Setting {
  pair: Pair;
  portal: ChildProcess;
  /** By HAProxy, as the portal goes. */
  owner: pg.ClientConfig;
  cookies: string[];
  service: Service;
  ask(path: string, asking: Asking): Promise<Came>;
  close(): Promise<void>;
}

export async function openSetting(): Promise<Setting> {
  const pair = await openPair();
  await using standing = new AsyncDisposableStack();
  standing.defer(() => pair.close());
  await pair.whole();
  const at = { host: '127.0.0.1', port: pair.port };
  const owner = { ...at, user: OWNER, password: OWNER, database: DATABASE };
  await asOwner({ ...at, ...pair.superuser, database: 'postgres' }, async (db) => {
    for (const role of [OWNER, PORTAL]) await db.query(`create role ${role} login password '${role}'`);
    await db.query(`create database ${DATABASE} owner ${OWNER}`);
  });
  const urlOf = (role: string) => `postgres://${role}:${role}@127.0.0.1:${pair.port}/${DATABASE}`;
  writeFileSync(path.join(pair.folder, 'ca.pem'), (await authority({ commonName: 'Citizen CA' })).pem);
  const environment = environmentOf(urlOf(PORTAL), pair.folder);
  const main = path.join(ROOT, 'src/main.ts');

  const owning = { ...environment, DATABASE_ADMIN_URL: urlOf(OWNER) };
  const migrating = start(process.execPath, [main, 'migrate'], owning, { log: path.join(pair.folder, 'migrate.log') });
  const [code] = await once(migrating, 'exit');
  if (code !== 0) throw new Error(`the migration ended with ${code}`);
  const today = new Date().toISOString().slice(0, 10);
  await asOwner(owner, async (db) => {
    await generate({ db, ...SIZE, today });
    await db.query('vacuum (analyze)');
  });
  const cookies = (await asOwner(owner, openSessions)).map(securely);
  const service = await asOwner(owner, openService);

  const port = await freePort();
  // each refusal is a line of its log; what is no refusal is counted by who asked
  const portal = start(process.execPath, [main, 'serve'], { ...environment, LOG_LEVEL: 'fatal', PORT: String(port) });
  standing.defer(() => stop(portal));
  await listening(port, portal);
  const started = standing.move();
  const ask: Setting['ask'] = (address, asking) => asked(port, address, asking);
  return { pair, portal, owner, cookies, service, ask, close: () => started.disposeAsync() };
}
