import { createHash, randomBytes } from 'node:crypto';
import { decodeProtectedHeader, errors, importJWK, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import type { Clock } from '../platform/clock.ts';
import type { ClientsStore, Registered } from './clients.store.ts';
import { ALGORITHMS } from './clients.ts';
import { CLIENT_SCOPES, type ClientScope } from './visitor.ts';

/** A token request that is refused: OAuth's own code and words (RFC 6749 §5.2). */
export class NotGranted extends Error {
  override name = 'NotGranted';
  code: 'invalid_request' | 'invalid_client' | 'invalid_scope' | 'unsupported_grant_type';
  constructor(code: NotGranted['code'], description: string) {
    super(description);
    this.code = code;
  }
}

export interface Granted {
  access_token: string;
  token_type: 'Bearer';
  expires_in: number;
  scope: string;
}

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const TOKEN_SECONDS = 600;
/** An assertion lives five minutes at most; clocks may differ by half a minute. */
const [LONGEST, SKEW] = [300, 30];

export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/**
 * Gives an access token for a signed assertion (client_credentials with private_key_jwt, RFC 7523), as the social security's token service v5.
 * @param fields the form: grant_type, client_assertion_type, client_assertion, scope (none: all that the client has), client_id
 * @throws NotGranted; whoever is not who he says he is hears always the same
 */
export async function grantToken(
  fields: Record<string, unknown>,
  { store, clock, audience }: { store: ClientsStore; clock: Clock; audience: string },
): Promise<Granted> {
  const assertion = assertionIn(fields);
  const client = await store.registered(issuerOf(assertion));
  const now = clock.now();
  const { jti, exp } = await proven(assertion, client, audience, now);
  if (client === null || (fields.client_id !== undefined && fields.client_id !== client.clientId)) throw stranger();
  const scopes = scopesOf(fields.scope, client.scopes);
  const token = randomBytes(32).toString('base64url');
  const isNew = await store.grant({
    clientId: client.clientId,
    jti,
    assertionEnds: new Date((exp + SKEW) * 1000).toISOString(),
    tokenHash: hashOfToken(token),
    scopes,
    tokenEnds: Temporal.Instant.from(now).add({ seconds: TOKEN_SECONDS }).toString(),
  });
  if (!isNew) throw stranger();
  return { access_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS, scope: scopes.join(' ') };
}

function assertionIn(fields: Record<string, unknown>): string {
  const wrong = ['grant_type', 'client_assertion_type', 'client_assertion'].find(
    (name) => typeof fields[name] !== 'string',
  );
  if (wrong) throw new NotGranted('invalid_request', `${wrong} must be given once`);
  if (fields.grant_type !== 'client_credentials')
    throw new NotGranted('unsupported_grant_type', 'grant_type must be client_credentials');
  if (fields.client_assertion_type !== ASSERTION)
    throw new NotGranted('invalid_request', `client_assertion_type must be ${ASSERTION}`);
  return String(fields.client_assertion);
}

function stranger(): NotGranted {
  return new NotGranted('invalid_client', 'the client assertion is not accepted');
}

/** The issuer as the assertion names it, unproven; empty when it is no assertion at all. */
function issuerOf(assertion: string): string {
  try {
    const claims = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString('utf8')) as JWTPayload;
    return typeof claims?.iss === 'string' && !claims.iss.includes('\0') ? claims.iss : '';
  } catch {
    return '';
  }
}

async function proven(
  assertion: string,
  client: Registered | null,
  audience: string,
  now: string,
): Promise<{ jti: string; exp: number }> {
  if (client === null) throw stranger();
  const seconds = Date.parse(now) / 1000;
  try {
    const {
      jti,
      exp = 0,
      iat,
    } = await signedBy(client, assertion, {
      algorithms: ALGORITHMS,
      issuer: client.clientId,
      subject: client.clientId,
      audience,
      currentDate: new Date(now),
      clockTolerance: SKEW,
      requiredClaims: ['exp', 'jti'],
    });
    const isUsable = typeof jti === 'string' && jti.length > 0 && jti.length <= 200 && !jti.includes('\0');
    if (!isUsable || exp > seconds + LONGEST + SKEW || (iat !== undefined && iat > seconds + SKEW)) throw stranger();
    return { jti, exp };
  } catch (error) {
    if (error instanceof errors.JOSEError) throw stranger();
    throw error;
  }
}

/** The claims, signed by one of the client's keys of the algorithm that the assertion names. */
async function signedBy(client: Registered, assertion: string, options: JWTVerifyOptions): Promise<JWTPayload> {
  const { alg = '' } = decodeHeader(assertion);
  for (const key of client.keys.filter((one) => one.alg === alg)) {
    try {
      return (await jwtVerify(assertion, await importJWK(key, alg), options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    }
  }
  throw stranger();
}

function decodeHeader(assertion: string): { alg?: string } {
  try {
    return decodeProtectedHeader(assertion);
  } catch {
    throw stranger();
  }
}

function scopesOf(wanted: unknown, held: ClientScope[]): ClientScope[] {
  if (wanted === undefined || wanted === '') return held;
  const named = String(wanted).split(' ').filter(Boolean);
  const unknown = named.find((scope) => !held.some((one) => one === scope));
  if (typeof wanted !== 'string' || unknown !== undefined)
    throw new NotGranted('invalid_scope', 'the client does not have that scope');
  return CLIENT_SCOPES.filter((scope) => named.includes(scope));
}
