import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import type { CsamAddress } from '../../src/identity/methods/csam.provider.ts';

/** An OpenID provider that answers whatever a test wishes; without a wish it is right. */
export interface Crooked {
  address: CsamAddress;
  /** What the next sign-in is told. */
  wish: Wish;
  /** Signs as the provider does. */
  sign(claims: JWTPayload, header?: { alg?: string; kid?: string }): Promise<string>;
  /** Signs with a key that is none of the provider's. */
  forge(claims: JWTPayload): Promise<string>;
  /** Signs with a shared secret: the client's, or the provider's own public key taken for one. */
  signShared(claims: JWTPayload, secret: 'client' | 'public key'): Promise<string>;
  /** A token without a signature. */
  unsigned(claims: JWTPayload): string;
  idClaims(nonce: string, over?: Record<string, unknown>): JWTPayload;
  close(): Promise<void>;
}

export interface Wish {
  nonce?: string;
  idToken?: string;
  tokenAnswer?: (response: ServerResponse) => void;
  userinfo?: object | string;
  userinfoType?: string;
  userinfoAnswer?: (response: ServerResponse) => void;
  jwksAnswer?: (response: ServerResponse) => void;
  discoveryAnswer?: (response: ServerResponse) => void;
}

const CLIENT = 'portal';
const SECRET = 'the secret of the portal, long enough to sign with';
const SUBJECT = 'fedid-1';
export const CALLBACK = 'http://localhost:3999/sign-in/csam/callback';
export const RIGHT_USERINFO = {
  sub: SUBJECT,
  egovNRN: '85073003328',
  surname: 'Dvořák',
  givenName: 'Łukasz',
  prefLanguage: 'fr',
};
const LEVEL = 'urn:be:fedict:iam:fas:Level500';

const seconds = () => Math.floor(Date.now() / 1000);
const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

export function json(body: object, status = 200) {
  return (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export async function crookedProvider(): Promise<Crooked> {
  const own = await generateKeyPair('RS256', { extractable: true });
  const other = await generateKeyPair('RS256');
  const key: JWK = { ...(await exportJWK(own.publicKey)), kid: 'k1', use: 'sig', alg: 'RS256' };
  const spki = await exportSPKI(own.publicKey);
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const signed = (claims: JWTPayload, by: CryptoKey | Uint8Array, header: { alg?: string; kid?: string } = {}) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k1', ...header }).sign(by);
  const crooked: Crooked = {
    wish: {},
    address: {
      issuer: url,
      clientId: CLIENT,
      proof: { secret: SECRET },
      endpoints: {},
      scope: 'openid profile egovnrn',
      callback: CALLBACK,
      patience: 1,
      allowHttp: true,
    },
    sign: (claims, header) => signed(claims, own.privateKey, header),
    forge: (claims) => signed(claims, other.privateKey),
    signShared: (claims, secret) => signed(claims, Buffer.from(secret === 'client' ? SECRET : spki), { alg: 'HS256' }),
    unsigned: (claims) => `${encoded({ alg: 'none' })}.${encoded(claims)}.`,
    idClaims: (nonce, over = {}) => ({
      iss: url,
      sub: SUBJECT,
      aud: CLIENT,
      nonce,
      iat: seconds(),
      exp: seconds() + 300,
      acr: LEVEL,
      amr: ['eid', LEVEL],
      ...over,
    }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  const answers: Record<string, (response: ServerResponse) => void | Promise<void>> = {
    '/.well-known/openid-configuration': json({
      issuer: url,
      authorization_endpoint: `${url}/authorize`,
      token_endpoint: `${url}/token`,
      userinfo_endpoint: `${url}/userinfo`,
      jwks_uri: `${url}/jwks`,
      end_session_endpoint: `${url}/end`,
      authorization_response_iss_parameter_supported: true,
      id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
      userinfo_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
    }),
    '/jwks': (response) => (crooked.wish.jwksAnswer ?? json({ keys: [key] }))(response),
    async '/token'(response) {
      const { tokenAnswer, idToken, nonce = '' } = crooked.wish;
      if (tokenAnswer) return tokenAnswer(response);
      const token = idToken ?? (await crooked.sign(crooked.idClaims(nonce)));
      json({ access_token: 'at', token_type: 'Bearer', expires_in: 60, id_token: token })(response);
    },
    '/userinfo'(response) {
      const { userinfo = RIGHT_USERINFO, userinfoType, userinfoAnswer } = crooked.wish;
      if (userinfoAnswer) return userinfoAnswer(response);
      if (typeof userinfo !== 'string') return json(userinfo)(response);
      response.writeHead(200, { 'content-type': userinfoType ?? 'application/jwt' }).end(userinfo);
    },
  };
  server.on('request', (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const isDiscovery = path === '/.well-known/openid-configuration';
    const wished = isDiscovery ? crooked.wish.discoveryAnswer : undefined;
    const answer = wished ?? answers[path] ?? json({ error: 'not_found' }, 404);
    Promise.resolve(answer(response)).catch((error: Error) => response.destroy(error));
  });
  return crooked;
}
