import { type CryptoKey, importJWK, type JWK } from 'jose';

export const ALGORITHMS = ['RS256', 'ES256'];
const KINDS: Record<string, string> = { RSA: 'RS256', EC: 'ES256' };
const SMALLEST_RSA = 2048;

/** A set of keys that a client cannot be registered with, and why. */
export class BadKeys extends Error {
  override name = 'BadKeys';
}

/**
 * The public keys of a JWKS that a client may sign its assertions with (RS256 with at least 2048 bits, ES256 on P-256), without anything else
 * that stood there.
 * @throws BadKeys: no set of keys, a private or symmetric key in it, none that is usable
 */
export async function publicKeysOf(text: string): Promise<JWK[]> {
  const { keys } = parsed(text);
  if (!Array.isArray(keys) || keys.length === 0) throw new BadKeys('holds no keys: {"keys": […]} is a JWKS');
  if (keys.some((key) => 'd' in key || 'k' in key)) throw new BadKeys('holds a secret key: register the public one');
  return Promise.all(keys.map(usable));
}

function parsed(text: string): { keys?: JWK[] } {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null) return json as { keys?: JWK[] };
  } catch {
    // told below, as for any other text
  }
  throw new BadKeys('is not JSON of a JWKS');
}

async function usable(key: JWK): Promise<JWK> {
  const alg = key.alg ?? KINDS[String(key.kty)];
  if (!alg || !ALGORITHMS.includes(alg)) throw new BadKeys('holds a key that is neither RS256 nor ES256');
  const { kty, kid, n, e, crv, x, y } = key;
  const bare = Object.entries({ kty, kid, n, e, crv, x, y, alg }).filter(([, value]) => value !== undefined);
  const jwk = Object.fromEntries(bare) as JWK;
  const imported = await importJWK(jwk, alg).catch(() => {
    throw new BadKeys('holds a key that cannot be read');
  });
  const { modulusLength } = (imported as CryptoKey).algorithm as { modulusLength?: number };
  if (modulusLength !== undefined && modulusLength < SMALLEST_RSA)
    throw new BadKeys(`holds an RSA key of ${modulusLength} bits: at least ${SMALLEST_RSA}`);
  return jwk;
}
