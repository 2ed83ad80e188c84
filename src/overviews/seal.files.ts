import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate } from '@peculiar/asn1-x509';
import * as der from './seal.der.ts';
import type { Seal } from './seal.ts';

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * The seal from a file with its private key and one with its certificate and, below it, those above (PEM).
 * @throws with words for the operator; no word of the key itself
 */
export function readSeal(keyFile: string, certificateFile: string): Seal {
  const certificates = (readFileSync(certificateFile, 'utf8').match(PEM) ?? []).map((pem) => new X509Certificate(pem));
  const [own] = certificates;
  if (!own) throw new Error(`${certificateFile} holds no certificate in PEM`);
  const key = keyFrom(keyFile);
  if (!['rsa', 'ec'].includes(key.asymmetricKeyType ?? ''))
    throw new Error(`${keyFile} is neither an RSA nor an EC key`);
  if (!own.checkPrivateKey(key)) throw new Error(`${keyFile} is not the key of the first certificate`);
  if (own.validToDate.getTime() < Date.now()) throw new Error(`the certificate ended on ${own.validTo}`);
  return { key, certificates: certificates.map(({ raw }) => new Uint8Array(raw)), signer: signerOf(own.raw) };
}

function keyFrom(file: string): KeyObject {
  const pem = readFileSync(file);
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new Error(`${file} holds no readable private key`, { cause: error });
  }
}

function signerOf(certificate: Uint8Array): Uint8Array {
  const { issuer, serialNumber } = AsnConvert.parse(certificate, Certificate).tbsCertificate;
  const serial = Buffer.concat([Buffer.from([0x02, serialNumber.byteLength]), new Uint8Array(serialNumber)]);
  return new Uint8Array(der.sequence(new Uint8Array(AsnConvert.serialize(issuer)), serial));
}

/** Whom the seal names, for the operator. */
export function sealName({ certificates }: Seal): string {
  return new X509Certificate(certificates[0] as Uint8Array).subject;
}
