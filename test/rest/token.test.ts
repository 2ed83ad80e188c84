import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../app.ts';
import {
  askToken,
  assertion,
  type Claims,
  DIMONA,
  grantFields,
  type KeyPair,
  keyPair,
  register,
  serviceOf,
  TOKEN_URL,
} from './client.ts';

const AGENCY = '0403449823';
const NOW = '2026-11-23T09:00:00Z';
const SECONDS = Date.parse(NOW) / 1000;

let portal: TestApp;
let key: KeyPair;
let rsa: KeyPair;
let clientId: string;

beforeAll(async () => {
  portal = await openTestApp({ at: NOW });
  await portal.db.query(
    `insert into enterprises (enterprise_number, name, kind) values ('${AGENCY}', 'Tempo Interim', 'agency')`,
  );
  [key, rsa] = await Promise.all([keyPair('ES256'), keyPair('RS256')]);
  clientId = await register(portal, AGENCY, [key, rsa]);
});
afterAll(() => portal.close());

const grant = async (signed: string, more: Record<string, string> = {}) => askToken(portal, grantFields(signed, more));
const sign = (claims: Claims = {}, by = key, id = clientId) => assertion(by, id, NOW, claims);
const read = (token: string) =>
  portal.app.inject({ url: `${DIMONA}/periods/1`, headers: { authorization: `Bearer ${token}` } });

describe('a token', () => {
  it.each(['ES256', 'RS256'])('is given for an assertion signed with %s', async (alg) => {
    const answer = await grant(await sign({}, alg === 'ES256' ? key : rsa));
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json()).toEqual({
      access_token: expect.stringMatching(/^[\w-]{43}$/),
      token_type: 'Bearer',
      expires_in: 600,
      scope: 'scope:dimona:declaration:declarant scope:dimona:declaration:consult',
    });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect((await read(answer.json().access_token)).statusCode).toBe(404);
  });

  it('is not given for scopes that are no text: never more than was asked', async () => {
    const send = async (more: object) =>
      portal.app.inject({
        method: 'POST',
        url: TOKEN_URL,
        headers: { 'content-type': 'application/json' },
        payload: { ...grantFields(await sign()), ...more },
      });
    for (const scope of [[], null, {}, 42, 'scope:dimona:declaration:consult\0']) {
      const answer = await send({ scope });
      expect([answer.statusCode, answer.json().error], JSON.stringify(scope)).toEqual([400, 'invalid_scope']);
    }
    expect((await send({ client_id: 42 })).statusCode).toBe(401);
    expect((await send({})).statusCode).toBe(200);
  });

  it('is never stored itself', async () => {
    const { access_token: token } = (await grant(await sign())).json();
    const { rows } = await portal.db.query('select * from access_tokens');
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('has the scopes that were asked for, of those the client has', async () => {
    const consult = 'scope:dimona:declaration:consult';
    const answer = await grant(await sign(), { scope: consult });
    expect(answer.json().scope).toBe(consult);
    const declared = await portal.app.inject({
      method: 'POST',
      url: `${DIMONA}/declarations`,
      headers: { authorization: `Bearer ${answer.json().access_token}`, 'content-type': 'application/json' },
      payload: '{}',
    });
    expect([declared.statusCode, declared.headers['www-authenticate']]).toEqual([
      403,
      'Bearer realm="dimona", error="insufficient_scope", scope="scope:dimona:declaration:declarant"',
    ]);
    const reader = await register(portal, AGENCY, [key], [consult]);
    const more = await grant(await sign({}, key, reader), { scope: 'scope:dimona:declaration:declarant' });
    expect([more.statusCode, more.json().error]).toEqual([400, 'invalid_scope']);
  });

  it('ends', async () => {
    const { call } = await serviceOf(portal, AGENCY);
    expect((await call('GET', 'periods/1')).statusCode).toBe(404);
    await portal.db.query(`update access_tokens set expires_at = '2026-11-23T08:59:59Z'`);
    const ended = await call('GET', 'periods/1');
    expect([ended.statusCode, ended.headers['www-authenticate']]).toEqual([
      401,
      'Bearer realm="dimona", error="invalid_token"',
    ]);
    expect(ended.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });
});

describe('one neutral answer to whoever is not who he says', () => {
  const cases: [string, () => Promise<string>][] = [
    ['an unknown client', () => sign({}, key, 'self_service_expeditor_nobody')],
    ['another client’s key', async () => sign({}, await keyPair())],
    ['another audience', () => sign({ aud: 'https://oauth.example/token' })],
    ['no audience', () => sign({ aud: undefined as never })],
    ['another subject', () => sign({ sub: 'somebody' })],
    ['an end that has passed', () => sign({ iat: SECONDS - 400, exp: SECONDS - 100 })],
    ['an end too far away', () => sign({ exp: SECONDS + 600 })],
    ['no end', () => sign({ exp: undefined as never })],
    ['a beginning in the future', () => sign({ iat: SECONDS + 300 })],
    ['no id', () => sign({ jti: undefined as never })],
    ['an empty id', () => sign({ jti: '' })],
    ['an id that cannot be kept', () => sign({ jti: 'a\0b' })],
    ['an issuer that cannot be kept', () => sign({ iss: 'a\0b' })],
    ['a tampered signature', async () => (await sign()).replace(/.(?=.$)/, (c) => (c === 'A' ? 'B' : 'A'))],
    [
      'an algorithm of a shared secret',
      () => new SignJWT(claims()).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32)),
    ],
    [
      'another algorithm of the same key',
      async () => {
        const pair = await generateKeyPair('PS256');
        return new SignJWT(claims()).setProtectedHeader({ alg: 'PS256' }).sign(pair.privateKey);
      },
    ],
    ['no algorithm', async () => `${encoded({ alg: 'none' })}.${encoded(claims())}.`],
    ['three words', async () => 'a.b.c'],
    ['nothing', async () => '.'],
  ];
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = () => ({ iss: clientId, sub: clientId, aud: TOKEN_URL, jti: 'x', iat: SECONDS, exp: SECONDS + 300 });

  it.each(cases)('%s', async (_, signed) => {
    const answer = await grant(await signed());
    expect([answer.statusCode, answer.json()]).toEqual([
      401,
      { error: 'invalid_client', error_description: 'the client assertion is not accepted' },
    ]);
  });

  it('an assertion that was used, whichever of many at once was first', async () => {
    const signed = await sign();
    const answers = await Promise.all(Array.from({ length: 8 }, () => grant(signed)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, ...Array(7).fill(401)]);
  });

  it('a client that was revoked, also for the tokens it has; rolled keys take the place of the old', async () => {
    const { call, clientId: id, key: old } = await serviceOf(portal, AGENCY);
    const fresh = await keyPair('RS256');
    expect(await portal.house.clients.roll(id, [fresh.jwk])).toBe(true);
    expect((await grant(await sign({}, old, id))).statusCode).toBe(401);
    expect((await grant(await sign({}, fresh, id))).statusCode).toBe(200);
    expect((await call('GET', 'periods/1')).statusCode).toBe(404);
    expect(await portal.house.clients.revoke(id, NOW)).toBe(true);
    expect((await grant(await sign({}, fresh, id))).statusCode).toBe(401);
    expect((await call('GET', 'periods/1')).statusCode).toBe(401);
    expect(await portal.house.clients.roll(id, [])).toBe(false);
  });
});

describe('a request that is none', () => {
  const WRONG: [string, string, Record<string, string>][] = [
    ['grant_type', 'unsupported_grant_type', { grant_type: 'authorization_code' }],
    ['client_assertion_type', 'invalid_request', { client_assertion_type: 'basic' }],
  ];
  it.each(WRONG)('another %s is %s', async (_, error, more) => {
    const answer = await grant(await sign(), more);
    expect([answer.statusCode, answer.json().error]).toEqual([400, error]);
  });

  it('each field is needed once', async () => {
    const fields = grantFields(await sign());
    for (const name of Object.keys(fields)) {
      const without = Object.fromEntries(Object.entries(fields).filter(([other]) => other !== name));
      expect((await askToken(portal, without)).json(), name).toMatchObject({ error: 'invalid_request' });
      const twice = `${new URLSearchParams(fields)}&${name}=x`;
      expect((await askToken(portal, twice)).json(), name).toMatchObject({ error: 'invalid_request' });
    }
  });

  it('is told in the words of the web where it is not OAuth’s: method, type, size', async () => {
    const url = '/REST/oauth/v5/token';
    const told = async (options: object) => {
      const { statusCode, headers } = await portal.app.inject({ url, ...options });
      expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
      return [statusCode, headers.allow];
    };
    expect(await told({ method: 'GET' })).toEqual([405, 'POST']);
    expect(await told({ method: 'POST', headers: { 'content-type': 'text/xml' }, payload: '<a/>' })).toEqual([
      415,
      undefined,
    ]);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await told({ method: 'POST', headers: form, payload: `a=${'x'.repeat(70_000)}` })).toEqual([413, undefined]);
  });
});
