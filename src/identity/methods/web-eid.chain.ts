import type { Certificate } from './web-eid.certificate.ts';

export type ChainFault = 'caNotYetValid' | 'caExpired' | 'notTrusted';

export type Chain = { path: Authorities } | { fault: ChainFault };

/** Those above a certificate, up to the anchor; its direct issuer first. */
export type Authorities = readonly [Certificate, ...Certificate[]];

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const ANY_EXTENDED_KEY_USAGE = '2.5.29.37.0';
/** MD2, MD5 and SHA-1 signatures (RSA, DSA, ECDSA): a second certificate for the same signature can be made. */
const BROKEN_SIGNATURES = [
  '1.2.840.113549.1.1.2',
  '1.2.840.113549.1.1.4',
  '1.2.840.113549.1.1.5',
  '1.2.840.10040.4.3',
  '1.2.840.10045.4.1',
];

/**
 * Leads a card's certificate back to the anchors (RFC 5280 §6, without policy mapping and name constraints: such a critical
 * extension refuses). Every anchor is trusted, but whoever issued it and is in the folder too must vouch for it, so each path is followed
 * to its top; one sound path is enough. At every step: name, signature, CA flag, path length, keyCertSign, extended
 * use, no unknown critical extension, and dates, the anchor's own included. Returns the authorities, the direct issuer first.
 */
export function chainTo(anchors: readonly Certificate[], leaf: Certificate, at: Temporal.Instant): Chain {
  const faults: ChainFault[] = [];
  for (const path of pathsFrom(leaf, anchors, [])) {
    const fault = faultOf(path, at);
    if (fault === null) return { path: path as Authorities };
    faults.push(fault);
  }
  return { fault: faults.find((fault) => fault !== 'notTrusted') ?? 'notTrusted' };
}

/** Every way up, direct issuer first, without meeting a certificate twice. */
function* pathsFrom(
  child: Certificate,
  anchors: readonly Certificate[],
  below: readonly Certificate[],
): Generator<readonly Certificate[]> {
  const issuers = isSelfIssued(child) ? [] : anchors.filter((ca) => !below.includes(ca) && hasIssued(ca, child));
  if (issuers.length === 0 && below.length > 0) yield below;
  for (const issuer of issuers) yield* pathsFrom(issuer, anchors, [...below, issuer]);
}

function hasIssued(ca: Certificate, child: Certificate): boolean {
  return ca.sha256 !== child.sha256 && child.x509.checkIssued(ca.x509) && child.x509.verify(ca.x509.publicKey);
}

function isSelfIssued({ x509 }: Certificate): boolean {
  return x509.subject === x509.issuer;
}

function faultOf(path: readonly Certificate[], at: Temporal.Instant): ChainFault | null {
  if (!path.every(mayIssue)) return 'notTrusted';
  if (path.some((ca) => Temporal.Instant.compare(at, ca.notBefore) < 0)) return 'caNotYetValid';
  if (path.some((ca) => Temporal.Instant.compare(at, ca.notAfter) > 0)) return 'caExpired';
  return null;
}

function mayIssue(ca: Certificate, casBelow: number, path: readonly Certificate[]): boolean {
  const isAnchorOnTop = casBelow === path.length - 1;
  return (
    ca.isCa &&
    ca.unknownCritical.length === 0 &&
    (ca.pathLength === null || ca.pathLength >= casBelow) &&
    (ca.keyUsage?.includes('keyCertSign') ?? true) &&
    (ca.extendedKeyUsage?.some((use) => use === CLIENT_AUTH || use === ANY_EXTENDED_KEY_USAGE) ?? true) &&
    // Nobody relies on the signature over the certificate on top: it was trusted by putting it in the folder.
    (isAnchorOnTop || isSoundlySigned(ca))
  );
}

/** Whether the issuer signed this certificate with a hash that still resists collisions. */
export function isSoundlySigned(certificate: Certificate): boolean {
  return !BROKEN_SIGNATURES.includes(certificate.x509.signatureAlgorithmOid);
}
