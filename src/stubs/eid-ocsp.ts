import { createHash, type KeyObject, sign } from 'node:crypto';
import {
  BasicOCSPResponse,
  type CertID,
  CertStatus,
  id_pkix_ocsp_basic,
  id_pkix_ocsp_nonce,
  KeyHash,
  OCSPRequest,
  OCSPResponse,
  OCSPResponseStatus,
  ResponderID,
  ResponseBytes,
  ResponseData,
  RevokedInfo,
  SingleResponse,
} from '@peculiar/asn1-ocsp';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier, Certificate, type Extension } from '@peculiar/asn1-x509';
import type { Register, Told } from './eid-register.ts';

const ECDSA_SHA384 = '1.2.840.10045.4.3.3';
/** Answers are made when asked, and are good for this long. */
const MINUTES = 5;

/** Who answers for a CA: a delegate with a certificate of its own (DER) and its key (P-384). */
export interface Delegate {
  certificate: Buffer;
  key: KeyObject;
}

/** What an answer says; everything in it can be set, so that tests can make wrong ones. */
export interface Answering {
  signer: Delegate;
  /** Certificates that go along; by default the signer's. */
  certificates?: Buffer[];
  singles: { certId: CertID; told: Told; from: Date; until?: Date }[];
  extensions: Extension[];
}

/** Plays the CA's OCSP responder: `now` is ISO 8601. Bytes that are no request, and times when it cannot say, are answered as RFC 6960 has it. */
export function ocspResponder(of: { signer: Delegate; register: Register; now(): string }): (body: Buffer) => Buffer {
  return (body) => {
    const asked = requestIn(body);
    const [request] = asked?.requestList ?? [];
    if (!asked || !request) return declined(OCSPResponseStatus.malformedRequest);
    const told = of.register.told(Buffer.from(request.reqCert.serialNumber).toString('hex'));
    if (told === 'failing') return declined(OCSPResponseStatus.tryLater);
    const from = new Date(of.now());
    const until = new Date(from.getTime() + MINUTES * 60_000);
    const nonces = (asked.requestExtensions ?? []).filter(({ extnID }) => extnID === id_pkix_ocsp_nonce);
    return ocspAnswer({
      signer: of.signer,
      singles: [{ certId: request.reqCert, told, from, until }],
      extensions: nonces,
    });
  };
}

/** A whole answer, signed (ECDSA with SHA-384). */
export function ocspAnswer({ signer, certificates = [signer.certificate], singles, extensions }: Answering): Buffer {
  const data = new ResponseData({
    responderID: new ResponderID({ byKey: new KeyHash(keyHash(signer.certificate)) }),
    producedAt: singles[0]?.from ?? new Date(0),
    responses: singles.map(
      ({ certId, told, from, until }) =>
        new SingleResponse({
          certID: certId,
          certStatus: statusOf(told, from),
          thisUpdate: from,
          ...(until ? { nextUpdate: until } : {}),
        }),
    ),
    ...(extensions.length > 0 ? { responseExtensions: extensions } : {}),
  });
  const basic = new BasicOCSPResponse({
    tbsResponseData: data,
    signatureAlgorithm: new AlgorithmIdentifier({ algorithm: ECDSA_SHA384 }),
    signature: exact(sign('sha384', Buffer.from(AsnConvert.serialize(data)), signer.key)),
    ...(certificates.length > 0 ? { certs: certificates.map((der) => AsnConvert.parse(der, Certificate)) } : {}),
  });
  const response = new OctetString(AsnConvert.serialize(basic));
  return encoded(OCSPResponseStatus.successful, new ResponseBytes({ responseType: id_pkix_ocsp_basic, response }));
}

export function declined(status: OCSPResponseStatus): Buffer {
  return encoded(status);
}

function encoded(responseStatus: OCSPResponseStatus, responseBytes?: ResponseBytes): Buffer {
  return Buffer.from(
    AsnConvert.serialize(new OCSPResponse({ responseStatus, ...(responseBytes ? { responseBytes } : {}) })),
  );
}

function requestIn(body: Buffer): OCSPRequest['tbsRequest'] | null {
  try {
    return AsnConvert.parse(body, OCSPRequest).tbsRequest;
  } catch {
    // whatever it was, the answer is that it is no request
    return null;
  }
}

function statusOf(told: Told, at: Date): CertStatus {
  if (told === 'good') return new CertStatus({ good: null });
  return told === 'revoked'
    ? new CertStatus({ revoked: new RevokedInfo({ revocationTime: at }) })
    : new CertStatus({ unknown: null });
}

function keyHash(certificate: Buffer): Buffer {
  const { subjectPublicKeyInfo } = AsnConvert.parse(certificate, Certificate).tbsCertificate;
  return createHash('sha1').update(Buffer.from(subjectPublicKeyInfo.subjectPublicKey)).digest();
}

function exact(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
