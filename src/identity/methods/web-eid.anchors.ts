import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Certificate, readCertificate } from './web-eid.certificate.ts';

const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;

/**
 * The certificates an operator trusts: every `.pem`, `.crt`, `.cer` and `.der` file of a folder, PEM (several in one file are fine) or DER.
 * Roots and intermediate CAs alike: the token brings only the card's own certificate. The same certificate twice counts once.
 * Throws, naming the file, when one of them is not a certificate, and when the folder cannot be read or holds none.
 */
export function loadAnchors(dir: string): Certificate[] {
  const files = readdirSync(dir).filter(isAnchorFile);
  const certificates = files.toSorted().flatMap((name) => certificatesIn(join(dir, name)));
  if (certificates.length === 0) throw new Error(`No certificate (.pem, .crt, .cer, .der) in ${dir}`);
  return [...new Map(certificates.map((certificate) => [certificate.sha256, certificate])).values()];
}

export function isAnchorFile(name: string): boolean {
  return /\.(pem|crt|cer|der)$/i.test(name);
}

function certificatesIn(file: string): Certificate[] {
  const certificates = readCertificates(readFileSync(file));
  if (certificates === null) throw new Error(`Not a certificate, or not only certificates: ${file}`);
  return certificates;
}

/** The certificates that bytes are, PEM or DER; null when there is anything else in them. */
export function readCertificates(bytes: Buffer): Certificate[] | null {
  const text = bytes.toString('latin1');
  const blocks = text.includes('-----BEGIN')
    ? [...text.matchAll(PEM)].map(([, body]) => Buffer.from(body ?? '', 'base64'))
    : [bytes];
  const expected = Math.max(1, text.split('-----BEGIN ').length - 1);
  const certificates = blocks.map(readCertificate).filter((certificate) => certificate !== null);
  return certificates.length === expected ? certificates : null;
}
