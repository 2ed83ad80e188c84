import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { JWK } from 'jose';

/** What a key signs with where its file does not say: RFC 7518. */
const ALGORITHMS: Record<string, string> = {
  rsa: 'RS256',
  prime256v1: 'ES256',
  secp384r1: 'ES384',
  secp521r1: 'ES512',
};
const LEAST_BITS = 2048;

/**
 * The private key by which the portal proves itself to CSAM, as a JWK that names its algorithm. The file holds a JWK or PEM.
 * @throws at the start, so that nobody finds out at the first sign-in; never with what the file holds
 */
export function readClientKey(file: string): JWK {
  const text = readFileSync(file, 'utf8');
  const given = text.trimStart().startsWith('{') ? parsed(text) : {};
  const key = keyIn('kty' in given ? { key: given, format: 'jwk' } : text);
  if (!key) throw new Error(`CSAM_KEY: ${file} holds no private key as a JWK or PEM`);
  const { namedCurve, modulusLength = LEAST_BITS } = key.asymmetricKeyDetails ?? {};
  const alg = ALGORITHMS[namedCurve ?? key.asymmetricKeyType ?? ''];
  if (!alg || modulusLength < LEAST_BITS)
    throw new Error(
      `CSAM_KEY: ${file} must hold an RSA key of at least ${LEAST_BITS} bits, or EC P-256, P-384 or P-521`,
    );
  // nothing else of the file is taken along: `use` or `key_ops` of a public half would keep it from signing
  const { kid, alg: named } = given;
  return { ...(key.export({ format: 'jwk' }) as JWK), alg: named ?? alg, ...(kid === undefined ? {} : { kid }) };
}

function parsed(text: string): JWK {
  try {
    return JSON.parse(text) as JWK;
  } catch {
    return {};
  }
}

function keyIn(source: Parameters<typeof createPrivateKey>[0]): KeyObject | null {
  try {
    return createPrivateKey(source);
  } catch {
    return null;
  }
}
