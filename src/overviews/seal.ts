import { createHash, type KeyObject, sign } from 'node:crypto';
import type { OverviewDocument } from './document.ts';
import type { Element, Pen } from './pdf.pen.ts';
import * as der from './seal.der.ts';

/**
 * The portal's seal on a PDF: a detached CMS signature, PAdES baseline B (ETSI EN 319 142-1, SubFilter
 * ETSI.CAdES.detached). Any reader shows who made the file, and that nothing in it changed since.
 */
export interface Seal {
  key: KeyObject;
  /** The seal's own certificate first, then those above it; DER. */
  certificates: Uint8Array[];
  /** IssuerAndSerialNumber of the first; DER. */
  signer: Uint8Array;
}

/** What a signature adds to its certificates: attributes, algorithms, and 4096 bits of RSA at most. */
const BESIDE_CERTIFICATES = 1024;
const UNKNOWN = '**********';

const roomOf = ({ certificates }: Seal) => certificates.reduce((sum, one) => sum + one.length, BESIDE_CERTIFICATES);

/** Reserves the place of the signature in a document that is being drawn; nothing of it shows on the page. */
export function sealField(pen: Pen, root: Element, document: OverviewDocument, seal: Seal): void {
  const { sheet } = pen;
  const signature = sheet.ref({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    ByteRange: [0, UNKNOWN, UNKNOWN, UNKNOWN],
    Contents: new Uint8Array(roomOf(seal)),
    M: new Date(document.madeAt),
    Name: new String(document.brand),
  });
  const named = { FT: 'Sig', T: new String('seal'), TU: new String(document.sealName), V: signature, F: 132 };
  const form = pen.open(root, 'Form');
  pen.annotate(form, { x: 0, y: 0, width: 0, height: 0 }, { Subtype: 'Widget', ...named });
  const field = sheet.page.annotations.at(-1);
  const fields = sheet.ref({ Fields: [field], SigFlags: 3 });
  sheet.catalog.data.AcroForm = fields;
  for (const reference of [fields, signature]) reference.end(undefined as never);
}

/** Signs everything but the place kept for the signature, and puts it there. @throws when the key does not fit */
export function sealed(file: Uint8Array<ArrayBuffer>, seal: Seal): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  const range = bytes.lastIndexOf(`[0 /${UNKNOWN} `);
  const begin = bytes.indexOf('/Contents <', range) + '/Contents '.length;
  const end = begin + 2 * roomOf(seal) + 2;
  if (range < 0 || begin < range || bytes[end - 1] !== 0x3e) throw new Error('The place of the seal is not there');
  const numbers = [begin, end, bytes.length - end].map((value) => String(value).padStart(UNKNOWN.length + 1));
  bytes.write(`[0 ${numbers.join(' ')}]`, range, 'latin1');
  const digest = createHash('sha256').update(bytes.subarray(0, begin)).update(bytes.subarray(end)).digest();
  const signature = cms(digest, seal).toString('hex');
  if (signature.length > end - begin - 2) throw new Error('The seal is larger than its place');
  bytes.write(signature, begin + 1, 'latin1');
  return file;
}

/** SignedData over a digest, with the attributes that PAdES asks for and no time: that stands in the PDF. */
function cms(digest: Uint8Array, { key, certificates, signer }: Seal): Buffer {
  const own = createHash('sha256')
    .update(certificates[0] as Uint8Array)
    .digest();
  const attributes = [
    der.attribute(der.OIDS.contentType, der.OIDS.data),
    der.attribute(der.OIDS.messageDigest, der.octets(digest)),
    der.attribute(der.OIDS.signingCertificateV2, der.sequence(der.sequence(der.sequence(der.octets(own))))),
  ].sort(Buffer.compare); // DER orders a set
  const algorithm = der.sequence(der.OIDS.sha256);
  const isRsa = key.asymmetricKeyType === 'rsa';
  const signatureAlgorithm = isRsa ? der.sequence(der.OIDS.rsa, der.NULL) : der.sequence(der.OIDS.ecdsaSha256);
  const signerInfo = der.sequence(
    der.integer(1),
    signer,
    algorithm,
    der.context(0, ...attributes),
    signatureAlgorithm,
    der.octets(sign('sha256', der.set(...attributes), key)),
  );
  const signed = der.sequence(
    der.integer(1),
    der.set(algorithm),
    der.sequence(der.OIDS.data),
    der.context(0, ...certificates),
    der.set(signerInfo),
  );
  return der.sequence(der.OIDS.signedData, der.context(0, signed));
}
