import { OCSPResponse, OCSPResponseStatus, ResponseData } from '@peculiar/asn1-ocsp';
import { AsnConvert, AsnProp, AsnPropTypes } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier, type Extension } from '@peculiar/asn1-x509';

export const NONCE = '1.3.6.1.5.5.7.48.1.2';
const BASIC = '1.3.6.1.5.5.7.48.1.1';

/** A responder's answer whose form is right; nothing in it is proven yet. */
export interface OcspAnswer {
  data: ResponseData;
  /** What was signed, byte for byte. */
  signed: Buffer;
  algorithm: string;
  signature: Buffer;
  /** The certificates that came along, as DER. */
  certificates: Buffer[];
  /** Value of the one nonce extension; null without one or with two. */
  nonce: Buffer | null;
}

/** BasicOCSPResponse of RFC 6960, with certificates left as the bytes they are: a signature stands over them. */
class BasicAnswer {
  declare tbsResponseData: ResponseData;
  declare tbsResponseDataRaw: ArrayBuffer;
  declare signatureAlgorithm: AlgorithmIdentifier;
  declare signature: ArrayBuffer;
  declare certs?: ArrayBuffer[];
}
AsnProp({ type: ResponseData, raw: true })(BasicAnswer.prototype, 'tbsResponseData');
AsnProp({ type: AlgorithmIdentifier })(BasicAnswer.prototype, 'signatureAlgorithm');
AsnProp({ type: AsnPropTypes.BitString })(BasicAnswer.prototype, 'signature');
AsnProp({ type: AsnPropTypes.Any, repeated: 'sequence', optional: true, context: 0 })(BasicAnswer.prototype, 'certs');

/** Reads an OCSP answer; critical extensions, which nothing here understands, make it one that cannot be read. */
export function readAnswer(body: Uint8Array): OcspAnswer | { fault: 'ocspBody' | 'ocspDeclined' } {
  try {
    const { responseStatus, responseBytes } = AsnConvert.parse(body, OCSPResponse);
    if (responseStatus !== OCSPResponseStatus.successful) return { fault: 'ocspDeclined' };
    if (responseBytes?.responseType !== BASIC) return { fault: 'ocspBody' };
    return answerOf(AsnConvert.parse(responseBytes.response.buffer, BasicAnswer)) ?? { fault: 'ocspBody' };
  } catch {
    // the decoder says "no such structure" by throwing; there is nothing else to learn from it
    return { fault: 'ocspBody' };
  }
}

function answerOf(basic: BasicAnswer): OcspAnswer | null {
  const { tbsResponseData: data, certs = [] } = basic;
  const extensions = [...(data.responseExtensions ?? [])];
  const inEach = data.responses.flatMap(({ singleExtensions = [] }) => [...singleExtensions]);
  if ([...extensions, ...inEach].some(({ critical }) => critical)) return null;
  return {
    data,
    signed: Buffer.from(basic.tbsResponseDataRaw),
    algorithm: basic.signatureAlgorithm.algorithm,
    signature: Buffer.from(basic.signature),
    certificates: certs.map((der) => Buffer.from(der)),
    nonce: nonceIn(extensions),
  };
}

function nonceIn(extensions: Extension[]): Buffer | null {
  const [nonce, ...others] = extensions.filter(({ extnID }) => extnID === NONCE);
  return nonce === undefined || others.length > 0 ? null : Buffer.from(nonce.extnValue.buffer);
}
