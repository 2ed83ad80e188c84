import { createHash } from 'node:crypto';
import { CertID, type CertStatus, OCSPRequest, Request, type SingleResponse, TBSRequest } from '@peculiar/asn1-ocsp';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier, Certificate as Asn1Certificate, Extension } from '@peculiar/asn1-x509';
import { NONCE, readAnswer } from './ocsp.answer.ts';
import { isAnsweredBy } from './ocsp.responder.ts';
import type { Certificate } from './web-eid.certificate.ts';
import type { Authorities } from './web-eid.chain.ts';

/** What was said against a certificate. */
export type Standing = 'revoked' | 'revocationUnknown';

/**
 * Why it could not be known. About the asking: no address, nobody there or too slow, the wrong kind of HTTP answer. About the answer:
 * no OCSP answer, the responder declines, not one certificate, another one, another nonce, a responder without the right, a wrong
 * signature, not of this moment.
 */
export type OcspFault =
  | 'ocspAddress'
  | 'ocspUnreachable'
  | 'ocspHttp'
  | 'ocspBody'
  | 'ocspDeclined'
  | 'ocspCount'
  | 'ocspCertificate'
  | 'ocspNonce'
  | 'ocspResponder'
  | 'ocspSignature'
  | 'ocspTime';

export type RevocationFault = Standing | OcspFault;

/** Whether a fault says nothing against the card and may be gone later. A certificate without an address will never have one. */
export function isPassing(fault: string): boolean {
  return fault.startsWith('ocsp') && fault !== 'ocspAddress';
}

const SHA1 = '1.3.14.3.2.26';

/** Minutes and seconds that clocks may differ, and that an answer may be old. */
export interface OcspWindow {
  maxAgeSeconds: number;
  skewSeconds: number;
}

export interface Question {
  leaf: Certificate;
  above: Authorities;
  nonce: Uint8Array;
  at: Temporal.Instant;
}

/** The request for one certificate, with a nonce (RFC 6960, RFC 9654). */
export function ocspRequest({ leaf, above, nonce }: Pick<Question, 'leaf' | 'above' | 'nonce'>): Buffer {
  const tbsRequest = new TBSRequest({
    requestList: [new Request({ reqCert: certIdOf(leaf, above[0]) })],
    requestExtensions: [new Extension({ extnID: NONCE, extnValue: nonceValue(nonce) })],
  });
  return Buffer.from(AsnConvert.serialize(new OCSPRequest({ tbsRequest })));
}

/**
 * Judges a responder's answer to the question. Order of the Web eID reference: form, success, one answer, for this certificate, who answers
 * and by what right, signature, time, nonce, standing. Pure; whatever the bytes, it does not throw.
 */
export function judgeOcsp(body: Uint8Array, question: Question, window: OcspWindow): 'good' | RevocationFault {
  const answer = readAnswer(body);
  if ('fault' in answer) return answer.fault;
  const [single, ...others] = answer.data.responses;
  if (single === undefined || others.length > 0) return 'ocspCount';
  if (!isSame(single.certID, certIdOf(question.leaf, question.above[0]))) return 'ocspCertificate';
  const by = isAnsweredBy(answer, question.above, question.at);
  if (by !== true) return by;
  if (!isOfNow(single, question.at, window)) return 'ocspTime';
  if (!answer.nonce?.equals(Buffer.from(nonceValue(question.nonce).buffer))) return 'ocspNonce';
  return standingOf(single.certStatus);
}

/** The nonce extension's value: an OCTET STRING within the extension's own. */
function nonceValue(nonce: Uint8Array): OctetString {
  return new OctetString(AsnConvert.serialize(new OctetString(nonce)));
}

/** A certificate by hashes of its issuer's name and key, as SHA-1: what every responder knows. */
function certIdOf(leaf: Certificate, issuer: Certificate): CertID {
  const { tbsCertificate: of } = AsnConvert.parse(leaf.x509.raw, Asn1Certificate);
  const { tbsCertificate: by } = AsnConvert.parse(issuer.x509.raw, Asn1Certificate);
  return new CertID({
    hashAlgorithm: new AlgorithmIdentifier({ algorithm: SHA1, parameters: null }),
    issuerNameHash: new OctetString(sha1(AsnConvert.serialize(of.issuer))),
    issuerKeyHash: new OctetString(sha1(by.subjectPublicKeyInfo.subjectPublicKey)),
    serialNumber: of.serialNumber,
  });
}

function sha1(bytes: ArrayBuffer): Buffer {
  return createHash('sha1').update(Buffer.from(bytes)).digest();
}

function isSame(one: CertID, other: CertID): boolean {
  const equal = (a: ArrayBuffer, b: ArrayBuffer) => Buffer.from(a).equals(Buffer.from(b));
  return (
    one.hashAlgorithm.algorithm === other.hashAlgorithm.algorithm &&
    equal(one.issuerNameHash.buffer, other.issuerNameHash.buffer) &&
    equal(one.issuerKeyHash.buffer, other.issuerKeyHash.buffer) &&
    equal(one.serialNumber, other.serialNumber)
  );
}

/** Not older than the maximum, not from the future, and not replaced by a newer one; clocks may differ by the skew. */
function isOfNow({ thisUpdate, nextUpdate }: SingleResponse, at: Temporal.Instant, window: OcspWindow): boolean {
  const now = at.epochMilliseconds;
  const [from, until] = [thisUpdate.getTime(), nextUpdate?.getTime() ?? Number.POSITIVE_INFINITY];
  const skew = window.skewSeconds * 1000;
  return from >= now - window.maxAgeSeconds * 1000 && from <= now + skew && until >= now - skew && until >= from;
}

function standingOf(status: CertStatus): 'good' | Standing {
  if ('revoked' in status) return 'revoked';
  return 'good' in status ? 'good' : 'revocationUnknown';
}
