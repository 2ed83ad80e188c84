import { constants, hash, type KeyObject, type VerifyKeyObjectInput, verify } from 'node:crypto';

/** Signature algorithms a Web eID token may name (JWA names). Belgian cards give ES384 (applet 1.8) or RS256 (1.7). */
export const ALGORITHMS = ['ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

export function isAlgorithm(name: string): name is Algorithm {
  return (ALGORITHMS as readonly string[]).includes(name);
}

const CURVES = ['prime256v1', 'secp384r1', 'secp521r1'];
const LEAST_MODULUS = 2048;

/** Whether a key can have made a signature of this algorithm: a NIST curve for ES, RSA of 2,048 bits or more for RS and PS. */
export function fitsKey(algorithm: Algorithm, key: KeyObject): boolean {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (algorithm.startsWith('ES')) return type === 'ec' && CURVES.includes(details?.namedCurve ?? '');
  return type === 'rsa' && (details?.modulusLength ?? 0) >= LEAST_MODULUS;
}

/**
 * What the card signs: the hash of the origin, then the hash of the nonce as base64 text, hashed once more by the signature
 * algorithm itself. Source: Web eID authentication token format 1.0.
 */
export function signedBytes(algorithm: Algorithm, origin: string, nonce: string): Buffer {
  return Buffer.concat([origin, nonce].map((text) => hash(digestOf(algorithm), text, 'buffer')));
}

export function digestOf(algorithm: Algorithm): string {
  return `sha${algorithm.slice(2)}`;
}

/** Verifies a token's signature; ES signatures are raw R‖S (IEEE P1363). The key must fit the algorithm. */
export function isSignedBy(
  key: KeyObject,
  algorithm: Algorithm,
  signed: { origin: string; nonce: string },
  signature: Uint8Array,
): boolean {
  const bytes = signedBytes(algorithm, signed.origin, signed.nonce);
  return verify(digestOf(algorithm), bytes, { key, ...SCHEMES[algorithm.slice(0, 2)] }, signature);
}

const SCHEMES: Record<string, Omit<VerifyKeyObjectInput, 'key'>> = {
  ES: { dsaEncoding: 'ieee-p1363' },
  PS: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
  RS: { padding: constants.RSA_PKCS1_PADDING },
};
