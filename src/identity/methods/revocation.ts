import { randomBytes } from 'node:crypto';
import { bounded } from './bounded.ts';
import { httpAddress } from './issuers.ts';
import { judgeOcsp, type OcspFault, type OcspWindow, ocspRequest } from './ocsp.ts';
import type { Revocation } from './web-eid.ts';

const MOST_BYTES = 64 * 1024;
const NONCE_BYTES = 32;
/** Longer than this nobody waits for a responder, from the first byte sent to the last one read. */
export const OCSP_SECONDS = 5;

/**
 * Asks the responder that the certificate itself names, whatever its host and port: the certificate is known to come from a trusted CA.
 * Any fault is a refusal.
 */
export function ocspRevocation(window: OcspWindow): Revocation {
  return async (leaf, above, at) => {
    const address = httpAddress(leaf.ocsp[0] ?? '');
    if (address === null) return 'ocspAddress';
    const nonce = randomBytes(NONCE_BYTES);
    const answer = await post(address, ocspRequest({ leaf, above, nonce }));
    return 'fault' in answer ? answer.fault : judgeOcsp(answer.body, { leaf, above, nonce, at }, window);
  };
}

async function post(address: URL, body: Buffer): Promise<{ body: Buffer } | { fault: OcspFault }> {
  try {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' },
      body: new Uint8Array(body),
      redirect: 'error',
      signal: AbortSignal.timeout(OCSP_SECONDS * 1000),
    });
    const type = answer.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
    if (answer.status !== 200 || type !== 'application/ocsp-response') {
      await answer.body?.cancel();
      return { fault: 'ocspHttp' };
    }
    const whole = await bounded(answer, MOST_BYTES);
    return whole === null ? { fault: 'ocspBody' } : { body: whole };
  } catch {
    // no such host, refused, reset, cut off, too slow: for the visitor all the same, and named as a fault
    return { fault: 'ocspUnreachable' };
  }
}
