import { X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  Certificate as Asn1Certificate,
  AuthorityInfoAccessSyntax,
  BasicConstraints,
  CertificatePolicies,
  ExtendedKeyUsage,
  type Extension,
  id_ce_basicConstraints,
  id_ce_certificatePolicies,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_pe_authorityInfoAccess,
  KeyUsage,
  type Name,
} from '@peculiar/asn1-x509';

/**
 * An X.509 certificate with everything the rules of this room look at, read once and strictly (RFC 5280).
 * `x509` checks signatures, the other fields are facts. Instants are UTC.
 */
export interface Certificate {
  x509: X509Certificate;
  sha256: string;
  notBefore: Temporal.Instant;
  notAfter: Temporal.Instant;
  /** null: the extension is absent, which is not the same as empty. */
  keyUsage: readonly string[] | null;
  extendedKeyUsage: readonly string[] | null;
  policies: readonly string[];
  isCa: boolean;
  /** How many CAs may stand below this one; null: any number. */
  pathLength: number | null;
  /** Extensions the issuer marked critical and that nothing here understands: such a certificate may not be used. */
  unknownCritical: readonly string[];
  /** Addresses at which to ask whether it was revoked, and those of its issuer's certificate; as written, whatever they are. */
  ocsp: readonly string[];
  caIssuers: readonly string[];
  /** Values of the subject by attribute OID, in the order of the name. */
  subject: ReadonlyMap<string, readonly string[]>;
}

const OCSP = '1.3.6.1.5.5.7.48.1';
const CA_ISSUERS = '1.3.6.1.5.5.7.48.2';
const UNDERSTOOD = [id_ce_keyUsage, id_ce_basicConstraints, id_ce_extKeyUsage, id_ce_certificatePolicies];

/** Reads one DER certificate; null when the bytes are not exactly one well-formed certificate whose public key can be used. */
export function readCertificate(der: Uint8Array): Certificate | null {
  try {
    const x509 = new X509Certificate(der);
    // OpenSSL also takes PEM and stops reading at the end of the structure: only the very bytes that were sent may count.
    if (!x509.raw.equals(der) || x509.publicKey.type !== 'public') return null;
    return facts(x509, AsnConvert.parse(x509.raw, Asn1Certificate));
  } catch {
    // Both decoders say "not a certificate" by throwing; there is nothing else to learn from it.
    return null;
  }
}

function facts(x509: X509Certificate, { tbsCertificate }: Asn1Certificate): Certificate | null {
  const extensions = new Map<string, Extension>();
  for (const extension of tbsCertificate.extensions ?? []) {
    if (extensions.has(extension.extnID)) return null;
    extensions.set(extension.extnID, extension);
  }
  const value = <T>(oid: string, type: new () => T): T | null => {
    const extension = extensions.get(oid);
    return extension === undefined ? null : AsnConvert.parse(extension.extnValue.buffer, type);
  };
  const access = [...(value(id_pe_authorityInfoAccess, AuthorityInfoAccessSyntax) ?? [])];
  const addresses = (method: string) =>
    access
      .filter(({ accessMethod }) => accessMethod === method)
      .map(({ accessLocation }) => accessLocation.uniformResourceIdentifier ?? '');
  const constraints = value(id_ce_basicConstraints, BasicConstraints);
  return {
    x509,
    sha256: x509.fingerprint256.replaceAll(':', '').toLowerCase(),
    notBefore: Temporal.Instant.fromEpochMilliseconds(x509.validFromDate.getTime()),
    notAfter: Temporal.Instant.fromEpochMilliseconds(x509.validToDate.getTime()),
    keyUsage: value(id_ce_keyUsage, KeyUsage)?.toJSON() ?? null,
    extendedKeyUsage: value(id_ce_extKeyUsage, ExtendedKeyUsage),
    policies: [...(value(id_ce_certificatePolicies, CertificatePolicies) ?? [])].map((p) => p.policyIdentifier),
    isCa: constraints?.cA ?? false,
    pathLength: constraints?.pathLenConstraint ?? null,
    unknownCritical: [...extensions.values()]
      .filter((e) => e.critical && !UNDERSTOOD.includes(e.extnID))
      .map((e) => e.extnID),
    ocsp: addresses(OCSP),
    caIssuers: addresses(CA_ISSUERS),
    subject: attributes(tbsCertificate.subject),
  };
}

function attributes(name: Name): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { type, value } of name.flat()) found.set(type, [...(found.get(type) ?? []), value.toString()]);
  return found;
}
