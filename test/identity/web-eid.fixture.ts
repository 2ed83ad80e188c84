import { noIssuers } from '../../src/identity/methods/issuers.ts';
import { readCertificate } from '../../src/identity/methods/web-eid.certificate.ts';
import {
  BELGIAN_AUTHENTICATION_POLICIES,
  revocationNotChecked,
  type TokenCheck,
  validateToken,
} from '../../src/identity/methods/web-eid.ts';
import { type Issued, NONCE, ORIGIN } from '../pki.ts';

export const AT = Temporal.Instant.from('2026-11-23T09:00:00Z');

export function trust(...cas: Issued[]) {
  return cas.map((ca) => {
    const certificate = readCertificate(ca.der);
    if (certificate === null) throw new Error('The test made a certificate that cannot be read');
    return certificate;
  });
}

/** The verdict on a token: `accepted`, or the fault. */
export async function verdict(authToken: unknown, cas: Issued[], otherwise: Partial<TokenCheck> = {}): Promise<string> {
  const result = await identify(authToken, cas, otherwise);
  return 'fault' in result ? result.fault : 'accepted';
}

export function identify(authToken: unknown, cas: Issued[], otherwise: Partial<TokenCheck> = {}) {
  return validateToken({
    authToken,
    nonce: NONCE,
    origin: ORIGIN,
    at: AT,
    anchors: trust(...cas),
    policies: BELGIAN_AUTHENTICATION_POLICIES,
    issuers: noIssuers,
    revocation: revocationNotChecked,
    allowHttpLoopback: false,
    ...otherwise,
  });
}
