import { createHash, type KeyObject, verify } from 'node:crypto';
import type { ResponderID } from '@peculiar/asn1-ocsp';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate as Asn1Certificate } from '@peculiar/asn1-x509';
import type { OcspAnswer } from './ocsp.answer.ts';
import { type Certificate, readCertificate } from './web-eid.certificate.ts';
import { type Authorities, isSoundlySigned } from './web-eid.chain.ts';

const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';

/** Signature algorithms by OID: ECDSA and RSA (PKCS #1) with SHA-2. */
const DIGESTS: Record<string, { type: 'ec' | 'rsa'; digest: string }> = {
  '1.2.840.10045.4.3.2': { type: 'ec', digest: 'sha256' },
  '1.2.840.10045.4.3.3': { type: 'ec', digest: 'sha384' },
  '1.2.840.10045.4.3.4': { type: 'ec', digest: 'sha512' },
  '1.2.840.113549.1.1.11': { type: 'rsa', digest: 'sha256' },
  '1.2.840.113549.1.1.12': { type: 'rsa', digest: 'sha384' },
  '1.2.840.113549.1.1.13': { type: 'rsa', digest: 'sha512' },
};
const LEAST_MODULUS = 2048;

/** Whether the answer was signed by somebody who may answer for this issuer (RFC 6960 §4.2.2.2). */
export function isAnsweredBy(
  answer: OcspAnswer,
  above: Authorities,
  at: Temporal.Instant,
): true | 'ocspResponder' | 'ocspSignature' {
  const responder = responderOf(answer, above, at);
  if (responder === null || !isNamed(answer.data.responderID, responder)) return 'ocspResponder';
  return isSignedWith(answer, responder.x509.publicKey) ? true : 'ocspSignature';
}

/**
 * The issuer itself, or one delegate whose certificate came along: within its dates, for signing OCSP answers, no CA, and issued by an
 * authority above the card, soundly. More than one certificate is refused, since then it is not said who answers.
 */
function responderOf({ certificates }: OcspAnswer, above: Authorities, at: Temporal.Instant): Certificate | null {
  const [der, ...others] = certificates;
  if (others.length > 0) return null;
  const [issuer] = above;
  const came = der === undefined ? issuer : readCertificate(der);
  if (came === null || came.sha256 === issuer.sha256) return came;
  const isDelegate =
    !came.isCa &&
    came.unknownCritical.length === 0 &&
    (came.extendedKeyUsage?.includes(OCSP_SIGNING) ?? false) &&
    (came.keyUsage?.some((use) => use === 'digitalSignature' || use === 'nonRepudiation') ?? true) &&
    Temporal.Instant.compare(at, came.notBefore) >= 0 &&
    Temporal.Instant.compare(at, came.notAfter) <= 0 &&
    isSoundlySigned(came) &&
    above.some(({ x509 }) => came.x509.checkIssued(x509) && came.x509.verify(x509.publicKey));
  return isDelegate ? came : null;
}

/** The answer names its responder, by name or by the hash of the key. */
function isNamed({ byName, byKey }: ResponderID, { x509 }: Certificate): boolean {
  const { tbsCertificate } = AsnConvert.parse(x509.raw, Asn1Certificate);
  if (byName) return bytes(AsnConvert.serialize(byName)).equals(bytes(AsnConvert.serialize(tbsCertificate.subject)));
  const key = createHash('sha1').update(bytes(tbsCertificate.subjectPublicKeyInfo.subjectPublicKey)).digest();
  return byKey !== undefined && bytes(byKey.buffer).equals(key);
}

function isSignedWith({ algorithm, signed, signature }: OcspAnswer, key: KeyObject): boolean {
  const { type, digest } = DIGESTS[algorithm] ?? {};
  if (digest === undefined || key.asymmetricKeyType !== type) return false;
  if (type === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) < LEAST_MODULUS) return false;
  return verify(digest, signed, key, signature);
}

function bytes(of: ArrayBuffer): Buffer {
  return Buffer.from(of);
}
