import 'reflect-metadata';
import { createPrivateKey, KeyObject, randomBytes, webcrypto } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  AuthorityInfoAccessExtension,
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  CertificatePolicyExtension,
  ExtendedKeyUsageExtension,
  type Extension,
  type JsonNameParams,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' };
const CITIZEN_AUTHENTICATION = '2.16.56.12.1.1.2.2';
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
/** Wide enough for any day the demo's clock may be set to. */
const CA_LIFE = { notBefore: new Date('2000-01-01T00:00:00Z'), notAfter: new Date('2049-12-31T23:59:59Z') };

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
  return { anchorsDir, issue: (holder, at, ocspUrl) => issueCard({ ca, key, ocspUrl }, holder, at) };
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

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

function name(commonName: string): JsonNameParams {
  return [{ C: [{ printableString: 'BE' }] }, { CN: [{ utf8String: commonName }] }];
}

async function caCertificate(
  subject: JsonNameParams,
  keys: webcrypto.CryptoKeyPair,
  issuer: { name: JsonNameParams; keys: webcrypto.CryptoKeyPair },
  pathLength: number,
): Promise<X509Certificate> {
  return X509CertificateGenerator.create({
    serialNumber: newSerial(),
    subject: new Name(subject),
    issuer: new Name(issuer.name),
    ...CA_LIFE,
    publicKey: keys.publicKey,
    signingKey: issuer.keys.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, pathLength, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer.keys.publicKey),
    ],
  });
}

async function issueCard(
  authority: { ca: X509Certificate; key: webcrypto.CryptoKey; ocspUrl: string },
  holder: Holder,
  at: Temporal.Instant,
): Promise<Chip> {
  const keys = await newKeys();
  const from = at
    .toZonedDateTimeISO('UTC')
    .subtract({ days: 1 })
    .round({ smallestUnit: 'second', roundingMode: 'floor' });
  const certificate = await X509CertificateGenerator.create({
    serialNumber: newSerial(),
    subject: new Name(subjectOf(holder)),
    issuer: authority.ca.subjectName,
    notBefore: new Date(from.epochMilliseconds),
    notAfter: new Date(from.add({ years: 10 }).epochMilliseconds),
    publicKey: keys.publicKey,
    signingKey: authority.key,
    signingAlgorithm: ALGORITHM,
    extensions: await cardExtensions(authority),
  });
  return { certificate: Buffer.from(certificate.rawData).toString('base64'), key: KeyObject.from(keys.privateKey) };
}

async function cardExtensions({ ca, ocspUrl }: { ca: X509Certificate; ocspUrl: string }): Promise<Extension[]> {
  return [
    await AuthorityKeyIdentifierExtension.create(await ca.publicKey.export()),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new CertificatePolicyExtension([CITIZEN_AUTHENTICATION]),
    new ExtendedKeyUsageExtension([CLIENT_AUTH]),
    new AuthorityInfoAccessExtension({ ocsp: ocspUrl }),
  ];
}

/** As on a Belgian card: the given name is left out for those who have none. */
function subjectOf({ insz, givenName, familyName }: Holder): JsonNameParams {
  const fullName = givenName === null ? familyName : `${givenName.split(' ')[0]} ${familyName}`;
  return [
    ...name(`${fullName} (Authentication)`),
    { '2.5.4.4': [{ utf8String: familyName }] },
    ...(givenName === null ? [] : [{ '2.5.4.42': [{ utf8String: givenName }] }]),
    { '2.5.4.5': [{ printableString: insz }] },
  ];
}

/** 126 random bits, positive and never starting with a zero byte. */
function newSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return bytes.toString('hex');
}
