import { createHash } from 'node:crypto';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { buildHouse } from '../../src/house.ts';
import { type Hashing, hashing } from '../../src/keys/hashing.ts';
import type { Doer } from '../../src/keys/note.actions.ts';
import { ORIGIN, OWN, type TestApp } from '../app.ts';
import { drawing } from '../drawing.ts';

export const NOW = '2026-11-23T09:00:00Z';
export const PASSWORD = 'appels en peren';

/** Hashes that cost nothing, and how many there were: the argon2 computations are what would tell a name that exists. */
export function countedHashing(): Hashing & { count: number } {
  const quick = hashing(async ({ message, nonce, tagLength }) => {
    counted.count += 1;
    return createHash('sha512')
      .update(Buffer.from(nonce as Buffer))
      .update(String(message))
      .digest()
      .subarray(0, tagLength);
  });
  const counted = { ...quick, count: 0 };
  return counted;
}

export interface Token {
  insz: string;
  userName: string;
  codes: string[];
}

/** The worker of an INSZ as he acts on his keys, by eID. */
export async function doerOf(portal: TestApp, insz: string): Promise<Doer> {
  await portal.signInAs(insz);
  const { rows } = await portal.db.query('select worker_id from worker_numbers where insz = $1', [insz]);
  const visitor = {
    kind: 'worker',
    workerId: rows[0].worker_id,
    insz,
    givenName: 'Łukasz',
    familyName: 'Dvořák',
    method: 'eid',
    assurance: 500,
    provenAt: portal.house.clock.now(),
    previousVisitAt: null,
    mayChoose: false,
  } as const;
  return { visitor, now: portal.house.clock.now(), requestId: 'test', session: Buffer.alloc(32) };
}

/** Asks for a card; @returns its codes. */
export async function requestCard(portal: TestApp, doer: Doer): Promise<string[]> {
  let codes: string[] = [];
  const made = await portal.house.keys.cards.request(doer, async (drawn) => {
    codes = drawn;
    return Buffer.from('%PDF');
  });
  if (made === 'none') throw new Error('no card was given out');
  return codes;
}

/** Somebody with a card in use. */
export async function giveToken(portal: TestApp, insz: string, userName: string): Promise<Token> {
  const { accounts, cards } = portal.house.keys;
  const doer = await doerOf(portal, insz);
  const made = await accounts.make(doer, { userName, password: PASSWORD });
  if (made !== 'made') throw new Error(`no account: ${made}`);
  const codes = await requestCard(portal, doer);
  const { kind } = await cards.activate(doer, codes[(await askedOf(portal, insz)) - 1]);
  if (kind !== 'active') throw new Error(`not put into use: ${kind}`);
  return { insz, userName, codes };
}

/** The number that the open card of somebody asks for. */
export async function askedOf({ db }: TestApp, insz: string): Promise<number> {
  const { rows } = await db.query(
    `select asked from token_cards join worker_numbers using (worker_id) where insz = $1 and state in ('issued', 'active')`,
    [insz],
  );
  return rows[0]?.asked;
}

export async function stateOf({ db }: TestApp, insz: string): Promise<string> {
  const { rows } = await db.query(
    'select state from token_cards join worker_numbers using (worker_id) where insz = $1 order by issued_at desc, ended_at desc nulls first limit 1',
    [insz],
  );
  return rows[0]?.state;
}

/** What happened to somebody's keys, in order. */
export async function actsOf({ db }: TestApp, insz: string): Promise<string[]> {
  const { rows } = await db.query(
    `select detail ->> 'act' as act from access_rows where purpose = 'keys' and subject_insz = $1 order by id`,
    [insz],
  );
  return rows.map(({ act }) => act);
}

/** A browser on its way in: it keeps its cookies. */
export class Visitor {
  cookies = new Map<string, string>();
  #app: TestApp['app'];
  #address: string;

  constructor(app: TestApp['app'], address = '192.0.2.1') {
    this.#app = app;
    this.#address = address;
  }

  async #ask(options: { method: 'GET' | 'POST'; url: string; payload?: string; headers?: object }) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...options.headers, ...(cookie && { cookie }) };
    const answer = await this.#app.inject({ ...options, headers, remoteAddress: this.#address });
    for (const { name, value } of answer.cookies)
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    return answer;
  }

  get(url: string) {
    return this.#ask({ method: 'GET', url });
  }

  /** @returns the status, where it leads, and the seconds after which to ask again, if it says so */
  async post(
    url: string,
    fields: Record<string, string>,
  ): Promise<{ status: number; to: string; retryAfter?: string }> {
    const answer = await this.#ask({
      method: 'POST',
      url,
      headers: { ...OWN, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    });
    const { location, 'retry-after': retryAfter } = answer.headers;
    return {
      status: answer.statusCode,
      to: String(location ?? ''),
      ...(retryAfter !== undefined && { retryAfter: String(retryAfter) }),
    };
  }

  enter(userName: string, password = PASSWORD) {
    return this.post('/sign-in/token', { userName, password });
  }

  give(code: string | undefined) {
    return this.post('/sign-in/token', { code: code ?? '' });
  }

  /** The number that the page asks for; null when it asks for something else. */
  async asked(): Promise<number | null> {
    const { body } = await this.get('/sign-in/token');
    const number = body.match(/for="code">Code (\d+)/)?.[1];
    return number === undefined ? null : Number(number);
  }

  get isIn(): boolean {
    return this.cookies.has('interim-session');
  }
}

/** Another portal on the same database, as after a restart or beside it. */
export async function anotherPortal(portal: TestApp): Promise<{ app: TestApp['app']; close(): Promise<void> }> {
  const house = buildHouse({
    drawing: drawing(),
    config: readConfig('demo', { PORTAL_NOW: portal.house.clock.now() }),
    connection: portal.connection,
    publicUrl: ORIGIN,
    secret: portal.house.secret,
    pepper: 'a pepper for tests, of 32 characters',
    hashing: countedHashing(),
    trust: [portal.eid.anchorsDir],
    log: portal.house.log,
  });
  const app = await buildApp(house, { lateMs: 0 });
  return {
    app,
    async close() {
      await app.close();
      await house.close();
    },
  };
}

/** Lets time go by for what was counted. */
export function goOn({ db }: TestApp, minutes: number) {
  return db.query(
    `update attempts set at = at - $1 * interval '1 minute', blocked_until = blocked_until - $1 * interval '1 minute'`,
    [minutes],
  );
}
