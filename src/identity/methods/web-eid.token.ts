import { type Certificate, readCertificate } from './web-eid.certificate.ts';
import { type Algorithm, fitsKey, isAlgorithm } from './web-eid.signature.ts';

export type TokenFault = 'parse' | 'unsupportedAlgorithm' | 'certificateDecoding';

/** A Web eID token whose shape is right; nothing in it is proven yet. */
export interface Token {
  algorithm: Algorithm;
  signature: Buffer;
  certificate: Certificate;
}

const LEAST_LENGTH = 100;
const MOST_LENGTH = 10_000;

/**
 * Reads the `authToken` of the browser (already parsed JSON, anything at all). Unknown fields are ignored. Lengths are
 * of its JSON text. Source: Web eID authentication token format 1.0.
 */
export function readToken(authToken: unknown): Token | { fault: TokenFault } {
  if (!isRecord(authToken) || !hasSoundLength(authToken)) return { fault: 'parse' };
  const { format, algorithm, signature, unverifiedCertificate } = authToken;
  if (typeof format !== 'string' || !/^web-eid:1(\.|$)/.test(format)) return { fault: 'parse' };
  if (typeof algorithm !== 'string' || !isAlgorithm(algorithm)) return { fault: 'unsupportedAlgorithm' };
  const der = fromBase64(unverifiedCertificate);
  const certificate = der === null ? null : readCertificate(der);
  if (certificate === null) return { fault: 'certificateDecoding' };
  if (!fitsKey(algorithm, certificate.x509.publicKey)) return { fault: 'unsupportedAlgorithm' };
  const signatureBytes = fromBase64(signature);
  return signatureBytes === null ? { fault: 'parse' } : { algorithm, signature: signatureBytes, certificate };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasSoundLength(token: Record<string, unknown>): boolean {
  const length = jsonLength(token);
  return length >= LEAST_LENGTH && length <= MOST_LENGTH;
}

function jsonLength(value: unknown): number {
  try {
    return JSON.stringify(value).length;
  } catch {
    // Circles, big integers and hostile toJSON: no JSON text has such a value, so it has no length either.
    return 0;
  }
}

/** Standard padded base64 in its one canonical spelling, not empty; else null. */
function fromBase64(text: unknown): Buffer | null {
  if (typeof text !== 'string' || text === '') return null;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
