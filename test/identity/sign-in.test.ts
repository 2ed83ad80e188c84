import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ORIGIN, OWN, openTestApp, type TestApp } from '../app.ts';
import { authority, type CardWish, cardOf, INSZ, type Issued, tokenOf } from '../pki.ts';

let portal: TestApp;
let trusted: Issued;

beforeAll(async () => {
  trusted = await authority({ commonName: 'Citizen CA of somebody else' });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'interim-trust-'));
  writeFileSync(path.join(folder, 'ca.pem'), trusted.pem);
  portal = await openTestApp({ trust: [folder] });
});
afterAll(() => portal.close());

interface Challenge {
  nonce: string;
  cookie: string;
}

async function challenge(): Promise<Challenge> {
  const answer = await portal.app.inject({ url: '/sign-in/eid/challenge' });
  const [cookie] = answer.cookies;
  return { nonce: answer.json().nonce, cookie: `${cookie?.name}=${cookie?.value}` };
}

function post(cookie: string, payload: object, headers: Record<string, string> = OWN) {
  return portal.app.inject({ method: 'POST', url: '/sign-in/eid', headers: { ...headers, cookie }, payload });
}

async function tokenBy(issuer: Issued, { nonce }: { nonce: string }, wish: CardWish = {}, origin = ORIGIN) {
  return tokenOf(await cardOf(issuer, wish), { nonce, origin });
}

function sessionIn(answer: { cookies: { name: string; value: string }[] }): string {
  const cookie = answer.cookies.find(({ name }) => name === 'interim-session');
  return `${cookie?.name}=${cookie?.value}`;
}

describe('a card whose CA lies in EID_TRUST', () => {
  it('signs in, goes where the visitor wanted to go, and is in the access rows', async () => {
    const given = await challenge();
    const answer = await post(given.cookie, {
      authToken: await tokenBy(trusted, given),
      return: '/relations?type=EXT',
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ location: '/relations?type=EXT' });
    const home = await portal.app.inject({ url: '/', headers: { cookie: sessionIn(answer) } });
    expect(home.body).toContain('Amélie');
    const { rows } = await portal.db.query(`select purpose, detail from access_rows where subject_insz = $1`, [INSZ]);
    expect(rows).toContainEqual({
      purpose: 'sign-in',
      detail: expect.objectContaining({ method: 'eid', assurance: 500 }),
    });
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'relations', ''])(
    'never leads away to %j',
    async (back) => {
      const given = await challenge();
      const answer = await post(given.cookie, { authToken: await tokenBy(trusted, given), return: back });
      expect(answer.json()).toEqual({ location: '/' });
    },
  );

  it('gets a new session and the old one ends', async () => {
    const first = await challenge();
    const before = sessionIn(await post(first.cookie, { authToken: await tokenBy(trusted, first) }));
    const second = await challenge();
    const after = sessionIn(await post(`${second.cookie}; ${before}`, { authToken: await tokenBy(trusted, second) }));
    expect(after).not.toBe(before);
    const old = await portal.app.inject({ url: '/relations', headers: { cookie: before } });
    expect(old.statusCode).toBe(303);
    const now = await portal.app.inject({ url: '/relations', headers: { cookie: after } });
    expect(now.statusCode).toBe(200);
  });
});

describe('every wrong token is refused with the same answer', () => {
  type Case = [name: string, (given: Challenge) => Promise<unknown>];
  const other = () => authority({ commonName: 'Nobody’s CA' });
  const cases: Case[] = [
    ['another nonce', async () => tokenBy(trusted, { nonce: Buffer.alloc(32, 9).toString('base64') })],
    ['another origin', (given) => tokenBy(trusted, given, {}, 'https://evil.example')],
    ['another CA', async (given) => tokenBy(await other(), given)],
    [
      'another key',
      async (given) => ({
        ...(await tokenBy(trusted, given)),
        unverifiedCertificate: (await tokenBy(trusted, given)).unverifiedCertificate,
      }),
    ],
    ['no purpose', (given) => tokenBy(trusted, given, { keyUsage: null })],
    ['another purpose', (given) => tokenBy(trusted, given, { extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] })],
    ['another policy', (given) => tokenBy(trusted, given, { policies: ['2.16.56.12.1.1.2.1'] })],
    ['expired', (given) => tokenBy(trusted, given, { until: '2025-01-01T00:00:00Z' })],
    ['not yet valid', (given) => tokenBy(trusted, given, { from: '2098-01-01T00:00:00Z' })],
    ['wrong check digits', (given) => tokenBy(trusted, given, { insz: '85073003329' })],
    ['tampered', async (given) => ({ ...(await tokenBy(trusted, given)), algorithm: 'ES256' })],
    ['no token', async () => undefined],
    ['a list', async () => []],
  ];
  it.each(cases)('%s', async (_, tokenFor) => {
    const given = await challenge();
    const answer = await post(given.cookie, { authToken: await tokenFor(given) });
    expect([answer.statusCode, answer.json()]).toEqual([401, { error: 'sign-in-failed' }]);
    expect(answer.cookies.filter(({ name }) => name === 'interim-session')).toEqual([]);
  });

  it('a nonce used before, even by a token that was refused', async () => {
    const given = await challenge();
    const token = await tokenBy(trusted, given);
    expect((await post(given.cookie, { authToken: token })).statusCode).toBe(200);
    expect((await post(given.cookie, { authToken: token })).statusCode).toBe(401);
    const next = await challenge();
    expect((await post(next.cookie, { authToken: {} })).statusCode).toBe(401);
    expect((await post(next.cookie, { authToken: await tokenBy(trusted, next) })).statusCode).toBe(401);
  });

  it('a nonce of another browser, and one older than 5 minutes', async () => {
    const mine = await challenge();
    const theirs = await challenge();
    expect((await post(mine.cookie, { authToken: await tokenBy(trusted, theirs) })).statusCode).toBe(401);
    const old = await challenge();
    await portal.db.query(`update sign_in_challenges set expires_at = now() - interval '1 second'`);
    expect((await post(old.cookie, { authToken: await tokenBy(trusted, old) })).statusCode).toBe(401);
  });
});

describe('the nonce', () => {
  it('is 32 random bytes, new each time', async () => {
    const nonces = await Promise.all(Array.from({ length: 20 }, async () => (await challenge()).nonce));
    expect(new Set(nonces).size).toBe(20);
    for (const nonce of nonces) expect([nonce.length, Buffer.from(nonce, 'base64').length]).toEqual([44, 32]);
  });
  it('must have been given', async () => {
    const mine = await challenge();
    const authToken = await tokenBy(trusted, mine);
    for (const cookie of ['', 'interim-challenge=AAAA', mine.cookie.replace('challenge', 'session')])
      expect((await post(cookie, { authToken })).statusCode).toBe(401);
  });
  it('is forgotten when nobody came back with it', async () => {
    await challenge();
    await portal.db.query(`update sign_in_challenges set expires_at = now() - interval '1 second'`);
    const now = portal.house.clock.now();
    await portal.house.sessions.sweep({ created: now, seen: now }, now);
    expect((await portal.db.query('select from sign_in_challenges')).rowCount).toBe(0);
  });
});

describe('the door', () => {
  it('takes writes from our own pages only', async () => {
    const given = await challenge();
    const authToken = await tokenBy(trusted, given);
    for (const headers of [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
    ] as Record<string, string>[])
      expect((await post(given.cookie, { authToken }, headers)).statusCode).toBe(403);
    expect((await post(given.cookie, { authToken }, { origin: ORIGIN })).statusCode).toBe(200);
  });

  it('takes JSON only', async () => {
    const answer = await portal.app.inject({
      method: 'POST',
      url: '/sign-in/eid',
      headers: { ...OWN, 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'authToken=1',
    });
    expect(answer.statusCode).toBe(415);
  });

  it('ends a session after 15 idle minutes, after 8 hours, and at sign-out', async () => {
    const open = () => portal.signInAs(INSZ);
    const status = async (cookie: string) =>
      (await portal.app.inject({ url: '/relations', headers: { cookie } })).statusCode;
    const idle = await open();
    expect(await status(idle)).toBe(200);
    await portal.db.query(`update sessions set last_seen_at = now() - interval '15 minutes 1 second'`);
    expect(await status(idle)).toBe(303);
    const aged = await open();
    await portal.db.query(`update sessions set created_at = now() - interval '8 hours 1 second'`);
    expect(await status(aged)).toBe(303);
    const left = await open();
    const out = await portal.app.inject({ method: 'POST', url: '/sign-out', headers: { ...OWN, cookie: left } });
    expect([out.statusCode, out.headers.location]).toEqual([303, '/signed-out']);
    expect(await status(left)).toBe(303);
  });

  it('keeps a session in use alive and never stores its token', async () => {
    const cookie = await portal.signInAs(INSZ);
    await portal.db.query(`update sessions set last_seen_at = now() - interval '10 minutes'`);
    await portal.app.inject({ url: '/relations', headers: { cookie } });
    const { rows } = await portal.db.query(
      `select now() - max(last_seen_at) < interval '5 seconds' as fresh, encode(max(token_hash), 'escape') as hash from sessions`,
    );
    expect(rows[0].fresh).toBe(true);
    const token = Buffer.from(cookie.split('=')[1] ?? '', 'base64url');
    const stored = await portal.db.query(`select 1 from sessions where position($1::bytea in token_hash) > 0`, [token]);
    expect(stored.rowCount).toBe(0);
  });

  it('sets cookies that scripts and other sites do not get', async () => {
    const given = await challenge();
    const answer = await post(given.cookie, { authToken: await tokenBy(trusted, given) });
    const session = answer.cookies.find(({ name }) => name === 'interim-session');
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  });
});
