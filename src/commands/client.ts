import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { JWK } from 'jose';
import { readConfig } from '../config.ts';
import { clientsStore } from '../identity/clients.store.ts';
import { BadKeys, publicKeysOf } from '../identity/clients.ts';
import { CLIENT_SCOPES } from '../identity/visitor.ts';
import { clockFrom } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import { isEnterpriseNumber } from '../platform/ids.ts';
import { inDatabase } from './embedded.ts';
import { Usage } from './usage.ts';

type Options = Record<string, string | boolean | undefined>;

const VERBS: Record<string, (options: Options) => Promise<string>> = { add, key, revoke };

/** Registers a service of an agency, rolls its keys, or ends it. The client id stands alone on standard output. */
export async function run(options: Options, words: string[]): Promise<number> {
  const verb = VERBS[words.join(' ')];
  if (!verb) throw new Usage('client add, client key or client revoke');
  process.stdout.write(`${await verb(options)}\n`);
  return 0;
}

async function add(options: Options): Promise<string> {
  const agencyNumber = text(options, 'agency').replaceAll(/[.\s]/g, '').padStart(10, '0');
  if (!isEnterpriseNumber(agencyNumber)) throw new Error(`${options.agency}: is not an enterprise number`);
  const scopes = scopesIn(options.scopes);
  const keys = await keysIn(text(options, 'jwks'));
  const clientId = `self_service_expeditor_${randomBytes(9).toString('hex')}`;
  const isAdded = await stored((store, now) => store.add({ clientId, agencyNumber, keys, scopes }, now));
  if (!isAdded) throw new Error(`${agencyNumber}: the directory has no such agency; add it first: agency add`);
  return clientId;
}

async function key(options: Options): Promise<string> {
  const clientId = text(options, 'client');
  const keys = await keysIn(text(options, 'jwks'));
  if (!(await stored((store) => store.roll(clientId, keys)))) throw new Error(`${clientId}: there is no such client`);
  return clientId;
}

async function revoke(options: Options): Promise<string> {
  const clientId = text(options, 'client');
  if (!(await stored((store, now) => store.revoke(clientId, now))))
    throw new Error(`${clientId}: there is no such client`);
  return clientId;
}

function text(options: Options, name: string): string {
  const value = options[name];
  if (typeof value !== 'string' || value === '') throw new Usage(`--${name} is missing`);
  return value;
}

function scopesIn(option: string | boolean | undefined) {
  if (option === undefined) return [...CLIENT_SCOPES];
  const named = String(option)
    .split(/[\s,]+/)
    .filter(Boolean);
  const scopes = CLIENT_SCOPES.filter(
    (scope) => named.includes(scope) || named.includes(scope.split(':').at(-1) ?? ''),
  );
  if (scopes.length !== named.length || scopes.length === 0) throw new Usage('--scopes is declarant, consult or both');
  return scopes;
}

async function keysIn(file: string): Promise<JWK[]> {
  return publicKeysOf(await readFile(file, 'utf8')).catch((error: Error) => {
    throw error instanceof BadKeys ? new Error(`${file}: ${error.message}`) : error;
  });
}

function stored(work: (store: ReturnType<typeof clientsStore>, now: string) => Promise<boolean>): Promise<boolean> {
  const config = readConfig('command');
  return inDatabase(config, (db: Database) => work(clientsStore(db), clockFrom(config.PORTAL_NOW).now()));
}
