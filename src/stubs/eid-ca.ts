import 'reflect-metadata';
import { createPrivateKey, KeyObject, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { X509Certificate } from '@peculiar/x509';
import { ALGORITHM, caCertificate, issueCard, issueDelegate, name, newKeys } from './eid-certificates.ts';
import type { Delegate } from './eid-ocsp.ts';

export interface Holder {
  insz: string;
  givenName: string | null;
  familyName: string;
}

/** What sits in the chip: base64 DER certificate and the key that never leaves it. */
export interface Chip {
  certificate: string;
  key: KeyObject;
}

export interface DemoEid {
  /** Folder with the demo's root and Citizen CA as PEM: what a portal must trust to accept the cards. */
  anchorsDir: string;
  /** Makes a card for ten years from the day before `at`, with a new key; `ocspUrl` is where to ask whether it was revoked. */
  issue(holder: Holder, at: Temporal.Instant, ocspUrl: string): Promise<Chip>;
  /** Makes the one who answers for the Citizen CA whether a card was revoked: a certificate for that alone, for a year, with a new key. */
  delegate(at: Temporal.Instant): Promise<Delegate>;
}

/**
 * The demo's own eID authority in `dir`: a root and a Citizen CA (EC P-384, the shape of the Belgian ones), made at the first
 * call and loaded ever after. The Citizen CA's key is readable by its owner only; the root's key is thrown away once
 * it has signed. The folder appears whole or not at all; one that holds other things is left alone, and that throws.
 */
export async function demoEid(dir: string): Promise<DemoEid> {
  const anchorsDir = join(dir, 'anchors');
  if (!existsSync(anchorsDir)) await makeAuthority(dir);
  const ca = new X509Certificate(readFileSync(join(anchorsDir, 'citizen-ca.pem'), 'utf8'));
  const key = createPrivateKey(readFileSync(join(dir, 'citizen-ca.key.pem'))).toCryptoKey(ALGORITHM, false, ['sign']);
  return {
    anchorsDir,
    issue: (holder, at, ocspUrl) => issueCard({ ca, key, ocspUrl }, holder, at),
    delegate: (at) => issueDelegate({ ca, key }, at),
  };
}

async function makeAuthority(dir: string): Promise<void> {
  const root = await newKeys();
  const citizen = await newKeys();
  const rootName = name('Demo eID Root CA');
  const rootCertificate = await caCertificate(rootName, root, { name: rootName, keys: root }, 1);
  const citizenName = [...name('Citizen CA'), { '2.5.4.5': [{ printableString: '202601' }] }];
  const citizenCertificate = await caCertificate(citizenName, citizen, { name: rootName, keys: root }, 0);
  const unfinished = `${dir}.${randomBytes(4).toString('hex')}`;
  mkdirSync(join(unfinished, 'anchors'), { recursive: true, mode: 0o700 });
  writeFileSync(join(unfinished, 'anchors', 'root-ca.pem'), rootCertificate.toString('pem'));
  writeFileSync(join(unfinished, 'anchors', 'citizen-ca.pem'), citizenCertificate.toString('pem'));
  const pem = KeyObject.from(citizen.privateKey).export({ type: 'pkcs8', format: 'pem' });
  writeFileSync(join(unfinished, 'citizen-ca.key.pem'), pem, { mode: 0o600 });
  mkdirSync(dirname(dir), { recursive: true });
  try {
    renameSync(unfinished, dir);
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    // Another start was quicker: its authority is the one.
    if (!existsSync(join(dir, 'anchors'))) throw error;
  }
}
