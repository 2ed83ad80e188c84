import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CsamAway, type CsamProvider, CsamRefused, csamProvider } from '../../src/identity/methods/csam.provider.ts';
import { CALLBACK, type Crooked, crookedProvider, json, RIGHT_USERINFO, type Wish } from './csam.crooked.ts';

const ASKED = { lang: 'nl', acrValues: 'urn:be:fedict:iam:fas:Level500' };

let fas: Crooked;
let csam: CsamProvider;

beforeAll(async () => {
  fas = await crookedProvider();
});
beforeEach(() => {
  fas.wish = {};
  csam = csamProvider(fas.address);
});
afterAll(() => fas.close());

/** A sign-in that goes as wished; `query` changes what the browser brings back. */
async function signIn(wish: (nonce: string) => Wish | Promise<Wish>, query: Record<string, string | null> = {}) {
  const { attempted } = await csam.begin(ASKED);
  fas.wish = { nonce: attempted.nonce, ...(await wish(attempted.nonce)) };
  const back = Object.entries({ code: 'c', state: attempted.state, iss: fas.address.issuer, ...query });
  return csam.finish(
    `?${new URLSearchParams(back.flatMap(([name, value]) => (value === null ? [] : [[name, value]])))}`,
    attempted,
  );
}

const hour = 3600;
const seconds = () => Math.floor(Date.now() / 1000);

describe('the way to CSAM', () => {
  it('asks for a code, with PKCE, state, nonce, level and a fresh proof', async () => {
    const { url, attempted } = await csam.begin({ ...ASKED, lang: 'fr' });
    const { origin, pathname, searchParams } = new URL(url);
    expect(`${origin}${pathname}`).toBe(`${fas.address.issuer}/authorize`);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'portal',
      redirect_uri: CALLBACK,
      scope: 'openid profile egovnrn',
      acr_values: 'urn:be:fedict:iam:fas:Level500',
      state: attempted.state,
      nonce: attempted.nonce,
      code_challenge_method: 'S256',
      prompt: 'login',
      ui_locales: 'fr',
    });
    expect(searchParams.get('code_challenge')).not.toContain(attempted.verifier);
  });

  it('is new every time', async () => {
    const [one, two] = [await csam.begin(ASKED), await csam.begin(ASKED)];
    for (const name of ['state', 'nonce', 'verifier'] as const) {
      expect(one.attempted[name].length).toBeGreaterThanOrEqual(43);
      expect(one.attempted[name]).not.toBe(two.attempted[name]);
    }
  });

  it('needs no discovery document when the operator names the addresses', async () => {
    const { issuer } = fas.address;
    csam = csamProvider({
      ...fas.address,
      endpoints: {
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/jwks`,
      },
    });
    fas.wish = { discoveryAnswer: json({}, 500) };
    await expect(csamProvider(fas.address).begin(ASKED)).rejects.toThrow(CsamAway);
    const { idToken } = await signIn(() => ({}));
    expect(idToken.sub).toBe('fedid-1');
    expect(await csam.leave('token', 'http://localhost:3999/signed-out')).toBeNull();
  });
});

describe('what CSAM tells', () => {
  it('is taken as JSON', async () => {
    expect((await signIn(() => ({}))).userinfo).toMatchObject(RIGHT_USERINFO);
  });

  it('is taken as a JWT that the provider signed', async () => {
    const told = await signIn(async () => ({ userinfo: await fas.sign(RIGHT_USERINFO) }));
    expect(told.userinfo).toMatchObject(RIGHT_USERINFO);
  });
});

type Case = [what: string, wish: (nonce: string) => Wish | Promise<Wish>, query?: Record<string, string | null>];

const idToken = (make: (nonce: string) => Promise<string> | string) => async (nonce: string) => ({
  idToken: await make(nonce),
});
const userinfo = (make: () => Promise<string> | string | object) => async () => ({ userinfo: await make() });

const REFUSED: Case[] = [
  ['another state', () => ({}), { state: 'somebody else’s' }],
  ['no state', () => ({}), { state: null }],
  ['no code', () => ({}), { code: null }],
  ['a refusal', () => ({}), { code: null, error: 'access_denied' }],
  ['an answer of another issuer', () => ({}), { iss: 'https://elsewhere.example' }],
  ['an answer that names no issuer', () => ({}), { iss: null }],
  ['another nonce', idToken((nonce) => fas.sign(fas.idClaims(`${nonce}x`)))],
  ['no nonce', idToken((nonce) => fas.sign(fas.idClaims(nonce, { nonce: undefined })))],
  ['another issuer', idToken((nonce) => fas.sign(fas.idClaims(nonce, { iss: 'https://elsewhere.example' })))],
  ['another audience', idToken((nonce) => fas.sign(fas.idClaims(nonce, { aud: 'another-portal' })))],
  [
    'two audiences and another party',
    idToken((nonce) => fas.sign(fas.idClaims(nonce, { aud: ['portal', 'another'], azp: 'another' }))),
  ],
  ['a token that ended', idToken((nonce) => fas.sign(fas.idClaims(nonce, { exp: seconds() - 60 })))],
  ['a token without an end', idToken((nonce) => fas.sign(fas.idClaims(nonce, { exp: undefined })))],
  ['a token of later', idToken((nonce) => fas.sign(fas.idClaims(nonce, { nbf: seconds() + hour })))],
  ['no subject', idToken((nonce) => fas.sign(fas.idClaims(nonce, { sub: undefined })))],
  ['no signature', idToken((nonce) => fas.unsigned(fas.idClaims(nonce)))],
  ['a signature with the client’s secret', idToken((nonce) => fas.signShared(fas.idClaims(nonce), 'client'))],
  ['the public key taken for a secret', idToken((nonce) => fas.signShared(fas.idClaims(nonce), 'public key'))],
  ['a signature of somebody else', idToken((nonce) => fas.forge(fas.idClaims(nonce)))],
  ['a key that nobody knows', idToken((nonce) => fas.sign(fas.idClaims(nonce), { kid: 'k2' }))],
  [
    'claims changed after the signature',
    idToken(async (nonce) => {
      const [head, , tail] = (await fas.sign(fas.idClaims(nonce))).split('.');
      const other = Buffer.from(JSON.stringify(fas.idClaims(nonce, { acr: 'x' }))).toString('base64url');
      return `${head}.${other}.${tail}`;
    }),
  ],
  ['no id token', () => ({ tokenAnswer: json({ access_token: 'at', token_type: 'Bearer' }) })],
  ['a code that is not good any more', () => ({ tokenAnswer: json({ error: 'invalid_grant' }, 400) })],
  ['a secret that is not right', () => ({ tokenAnswer: json({ error: 'invalid_client' }, 401) })],
  ['words in place of JSON', () => ({ tokenAnswer: (response) => response.writeHead(200).end('<html>') })],
  ['what is told of another subject', userinfo(() => ({ ...RIGHT_USERINFO, sub: 'fedid-2' }))],
  ['what is told of no subject', userinfo(() => ({ ...RIGHT_USERINFO, sub: undefined }))],
  ['a JWT of another subject', userinfo(() => fas.sign({ ...RIGHT_USERINFO, sub: 'fedid-2' }))],
  ['a JWT without a signature', userinfo(() => fas.unsigned(RIGHT_USERINFO))],
  ['a JWT that somebody else signed', userinfo(() => fas.forge(RIGHT_USERINFO))],
  ['a JWT signed with the client’s secret', userinfo(() => fas.signShared(RIGHT_USERINFO, 'client'))],
  ['a JWT for another portal', userinfo(() => fas.sign({ ...RIGHT_USERINFO, aud: 'another-portal' }))],
  ['a JWT of another issuer', userinfo(() => fas.sign({ ...RIGHT_USERINFO, iss: 'https://elsewhere.example' }))],
  ['a JWT that ended', userinfo(() => fas.sign({ ...RIGHT_USERINFO, exp: seconds() - hour }))],
  [
    'a JWT that calls itself JSON',
    async () => ({ userinfo: await fas.sign(RIGHT_USERINFO), userinfoType: 'application/json' }),
  ],
  ['nothing about the person', () => ({ userinfoAnswer: json({ error: 'invalid_token' }, 401) })],
  ['a set of keys that is none', () => ({ jwksAnswer: json({ keys: [{ kty: 'none', kid: 'k1', alg: 'RS256' }] }) })],
];

describe('nobody is signed in on', () => {
  it.each(REFUSED)('%s', async (_, wish, query) => {
    const fault = await signIn(wish, query).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(CsamRefused);
    // what goes to the log says nothing of the person
    expect((fault as Error).message).toMatch(/^[\w. -]+$/);
    expect((fault as Error).message).not.toContain(RIGHT_USERINFO.egovNRN);
    expect((fault as Error).cause).toBeUndefined();
  });

  it('a code that came with another browser’s verifier, state or nonce', async () => {
    const [mine, other] = [await csam.begin(ASKED), await csam.begin(ASKED)];
    fas.wish = { nonce: other.attempted.nonce };
    const query = `?code=c&state=${other.attempted.state}&iss=${encodeURIComponent(fas.address.issuer)}`;
    await expect(csam.finish(query, mine.attempted)).rejects.toThrow(CsamRefused);
  });

  it('tokens of a provider that only offers signatures anybody could make', async () => {
    const { issuer } = fas.address;
    const algorithms = ['HS256', 'none'];
    fas.wish = {
      discoveryAnswer: json({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/jwks`,
        id_token_signing_alg_values_supported: algorithms,
      }),
    };
    await csam.begin(ASKED);
    await expect(signIn(idToken((nonce) => fas.signShared(fas.idClaims(nonce), 'client')))).rejects.toThrow(
      CsamRefused,
    );
  });

  it('a discovery document of another issuer', async () => {
    fas.wish = { discoveryAnswer: json({ issuer: 'https://elsewhere.example' }) };
    await expect(csam.begin(ASKED)).rejects.toThrow(CsamRefused);
  });
});

describe('CSAM that is away', () => {
  const silence = () => undefined;
  const JSON_TYPE = { 'content-type': 'application/json' };
  it.each<[string, Wish]>([
    ['does not answer the token', { tokenAnswer: silence }],
    ['is broken', { tokenAnswer: (response) => response.writeHead(502).end('Bad Gateway') }],
    ['hangs up', { tokenAnswer: (response) => response.destroy() }],
    ['does not tell who it is', { userinfoAnswer: silence }],
    ['stops in the middle', { userinfoAnswer: (response) => void response.writeHead(200, JSON_TYPE).write('{') }],
  ])('%s: said within its patience', async (_, wish) => {
    const before = performance.now();
    await expect(signIn(() => wish)).rejects.toThrow(CsamAway);
    expect(performance.now() - before).toBeLessThan(3_000);
  });

  it('is asked again when it comes back', async () => {
    fas.wish = { discoveryAnswer: json({}, 503) };
    await expect(csam.begin(ASKED)).rejects.toThrow(CsamAway);
    fas.wish = {};
    expect((await csam.begin(ASKED)).url).toContain(`${fas.address.issuer}/authorize`);
  });
});

describe('the end of its session', () => {
  it('is asked with the id token, and leads back', async () => {
    const url = await csam.leave('the.id.token', 'http://localhost:3999/signed-out');
    expect(url).toBe(
      `${fas.address.issuer}/end?id_token_hint=the.id.token&post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A3999%2Fsigned-out&client_id=portal`,
    );
  });
});
