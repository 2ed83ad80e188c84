/** The few pieces of DER (X.690) that a signature is built of. */

const oid = (hex: string) => Buffer.from(hex, 'hex');

export const OIDS = {
  data: oid('06092a864886f70d010701'),
  signedData: oid('06092a864886f70d010702'),
  sha256: oid('0609608648016503040201'),
  rsa: oid('06092a864886f70d010101'),
  ecdsaSha256: oid('06082a8648ce3d040302'),
  contentType: oid('06092a864886f70d010903'),
  messageDigest: oid('06092a864886f70d010904'),
  signingCertificateV2: oid('060b2a864886f70d010910022f'),
} as const;

export const NULL: Buffer = Buffer.from('0500', 'hex');

function element(tag: number, parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  if (length > 0xffff) throw new RangeError(`${length} bytes do not fit an element`);
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

export const sequence = (...parts: Uint8Array[]): Buffer => element(0x30, parts);
export const set = (...parts: Uint8Array[]): Buffer => element(0x31, parts);
/** A constructed, context-specific element. */
export const context = (number: number, ...parts: Uint8Array[]): Buffer => element(0xa0 + number, parts);
export const octets = (bytes: Uint8Array): Buffer => element(0x04, [bytes]);
/** A number below 128. */
export const integer = (value: number): Buffer => element(0x02, [Buffer.from([value])]);
export const attribute = (type: Uint8Array, value: Uint8Array): Buffer => sequence(type, set(value));
