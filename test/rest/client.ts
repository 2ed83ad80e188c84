import { Readable } from 'node:stream';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { ClientScope } from '../../src/identity/visitor.ts';
import { CLIENT_SCOPES } from '../../src/identity/visitor.ts';
import { ORIGIN, type TestApp } from '../app.ts';

/** An agency's own service as the portal meets it: a key, a client id, assertions, a token. */
export const TOKEN_URL = `${ORIGIN}/REST/oauth/v5/token`;
export const DIMONA = '/REST/dimona/v2';
export const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export interface KeyPair {
  alg: string;
  privateKey: CryptoKey;
  jwk: object;
}

export async function keyPair(alg = 'ES256'): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, privateKey, jwk: { ...(await exportJWK(publicKey)), alg } };
}

export async function register(
  { house }: TestApp,
  agencyNumber: string,
  keys: KeyPair[],
  scopes: readonly ClientScope[] = CLIENT_SCOPES,
): Promise<string> {
  const clientId = `self_service_expeditor_${agencyNumber}_${crypto.randomUUID()}`;
  const client = { clientId, agencyNumber, keys: keys.map(({ jwk }) => jwk), scopes: [...scopes] };
  if (!(await house.clients.add(client, house.clock.now()))) throw new Error(`no agency ${agencyNumber}`);
  return clientId;
}

export interface Claims {
  iss?: string;
  sub?: string;
  aud?: string | string[];
  jti?: string;
  iat?: number;
  exp?: number;
  nbf?: number;
}

/** A signed assertion; `claims` replaces what would be right, undefined leaves out. */
export function assertion(key: KeyPair, clientId: string, at: string, claims: Claims = {}): Promise<string> {
  const now = Math.floor(Date.parse(at) / 1000);
  const right = { iss: clientId, sub: clientId, aud: TOKEN_URL, jti: crypto.randomUUID(), iat: now, exp: now + 300 };
  const all = Object.fromEntries(Object.entries({ ...right, ...claims }).filter(([, value]) => value !== undefined));
  return new SignJWT(all).setProtectedHeader({ alg: key.alg }).sign(key.privateKey);
}

export function askToken({ app }: TestApp, fields: Record<string, string> | string) {
  const payload = typeof fields === 'string' ? fields : String(new URLSearchParams(fields));
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return app.inject({ method: 'POST', url: '/REST/oauth/v5/token', headers, payload });
}

export const grantFields = (signed: string, more: Record<string, string> = {}) => ({
  grant_type: 'client_credentials',
  client_assertion_type: ASSERTION,
  client_assertion: signed,
  ...more,
});

/** A registered client with a token of its own. */
export async function serviceOf(portal: TestApp, agencyNumber: string, scope?: string) {
  const key = await keyPair();
  const clientId = await register(portal, agencyNumber, [key]);
  const signed = await assertion(key, clientId, portal.house.clock.now());
  const granted = await askToken(portal, grantFields(signed, scope ? { scope } : {}));
  const { access_token: token } = granted.json<{ access_token: string }>();
  const authorization = `Bearer ${token}`;
  const call = (method: 'GET' | 'POST', path: string, body?: unknown, headers: Record<string, string> = {}) =>
    portal.app.inject({
      method,
      url: path.startsWith('/') ? path : `${DIMONA}/${path}`,
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined
        ? {}
        : { payload: typeof body === 'string' || body instanceof Readable ? body : JSON.stringify(body) }),
    });
  return { key, clientId, token, call };
}
export type Service = Awaited<ReturnType<typeof serviceOf>>;
