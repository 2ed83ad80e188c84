import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KeyUsageFlags, KeyUsagesExtension, X509CertificateGenerator } from '@peculiar/x509';

const ALGORITHM = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 3072,
  publicExponent: new Uint8Array([1, 0, 1]),
};

/**
 * The demo's own seal in `dir`, made at the first call: a key, and a certificate that it signed itself, so that any reader says
 * who it is and that nobody vouches for it. The folder appears whole or not at all.
 */
export async function demoSeal(dir: string): Promise<{ keyFile: string; certificateFile: string }> {
  if (!existsSync(dir)) await make(dir);
  return { keyFile: join(dir, 'seal.key.pem'), certificateFile: join(dir, 'seal.pem') };
}

async function make(dir: string): Promise<void> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Interim@work demo seal, O=Interim@work, C=BE',
    notBefore: new Date('2020-01-01T00:00:00Z'),
    notAfter: new Date('2049-12-31T23:59:59Z'),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation, true)],
  });
  const unfinished = `${dir}.${process.pid}`;
  mkdirSync(dirname(dir), { recursive: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const pem = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' });
  writeFileSync(join(unfinished, 'seal.key.pem'), pem, { mode: 0o600 });
  writeFileSync(join(unfinished, 'seal.pem'), certificate.toString('pem'));
  try {
    renameSync(unfinished, dir);
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    if (!existsSync(dir)) throw error; // else another start was quicker: its seal is the one
  }
}
