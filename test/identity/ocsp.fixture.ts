import 'reflect-metadata';
import { KeyObject } from 'node:crypto';
import { OCSPRequest } from '@peculiar/asn1-ocsp';
import { AsnConvert } from '@peculiar/asn1-schema';
import { ExtendedKeyUsageExtension, type Extension, KeyUsagesExtension } from '@peculiar/x509';
import { judgeOcsp, type OcspWindow, ocspRequest } from '../../src/identity/methods/ocsp.ts';
import type { Certificate } from '../../src/identity/methods/web-eid.certificate.ts';
import type { Authorities } from '../../src/identity/methods/web-eid.chain.ts';
import { type Answering, type Delegate, ocspAnswer } from '../../src/stubs/eid-ocsp.ts';
import { certify, type Issued, KEY_USE } from '../pki.ts';
import { AT, trust } from './web-eid.fixture.ts';

export const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
export const WINDOW: OcspWindow = { maxAgeSeconds: 120, skewSeconds: 900 };
export const ASKED = Buffer.alloc(32, 5);

/** Somebody whom `issuer` lets answer, right unless told otherwise. */
export function responderOf(
  issuer: Issued,
  wish: { uses?: string[] | null; from?: string; until?: string; extra?: Extension[]; keyUsage?: number } = {},
): Promise<Issued> {
  const { uses = [OCSP_SIGNING], keyUsage = KEY_USE.digitalSignature, extra = [], ...dates } = wish;
  return certify({
    ...dates,
    issuer,
    name: [{ CN: [{ utf8String: 'Responder' }] }],
    extensions: [
      new KeyUsagesExtension(keyUsage, true),
      ...(uses === null ? [] : [new ExtendedKeyUsageExtension(uses)]),
      ...extra,
    ],
  });
}

export function signerFrom({ der, keys }: Issued): Delegate {
  return { certificate: der, key: KeyObject.from(keys.privateKey) };
}

/** `AT`, so many seconds later. */
export const after = (seconds: number) => new Date(AT.add({ seconds }).epochMilliseconds);

/** A question about a card and the right answer to it by `signer`, before anybody changes it. */
export function asked(card: Issued, above: Issued[], signer: Issued) {
  const [leaf] = trust(card) as [Certificate];
  const authorities = trust(...above) as unknown as Authorities;
  const { tbsRequest } = AsnConvert.parse(ocspRequest({ leaf, above: authorities, nonce: ASKED }), OCSPRequest);
  const certId = tbsRequest.requestList[0]?.reqCert;
  if (!certId) throw new Error('The request asks for nothing');
  const right: Answering = {
    signer: signerFrom(signer),
    singles: [{ certId, told: 'good', from: after(0), until: after(300) }],
    extensions: [...(tbsRequest.requestExtensions ?? [])],
  };
  const question = { leaf, above: authorities, nonce: ASKED, at: AT };
  return {
    certId,
    right,
    judge: (body: Uint8Array, window = WINDOW) => judgeOcsp(body, question, window),
    /** The verdict on the right answer with something changed. */
    verdict: (change: Partial<Answering> = {}, window = WINDOW) =>
      judgeOcsp(ocspAnswer({ ...right, ...change }), question, window),
  };
}
