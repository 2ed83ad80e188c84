import 'reflect-metadata';
import { KeyObject, randomBytes, webcrypto } from 'node:crypto';
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
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { Chip, Holder } from './eid-ca.ts';
import type { Delegate } from './eid-ocsp.ts';

/** EC P-384, as the Belgian authorities and cards. */
export const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' };
const CITIZEN_AUTHENTICATION = '2.16.56.12.1.1.2.2';
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
/** Wide enough for any day the demo's clock may be set to. */
const CA_LIFE = { notBefore: new Date('2000-01-01T00:00:00Z'), notAfter: new Date('2049-12-31T23:59:59Z') };

/** A key pair whose private half can be kept. */
export function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

/** A subject in Belgium of that common name. */
export function name(commonName: string): JsonNameParams {
  return [{ C: [{ printableString: 'BE' }] }, { CN: [{ utf8String: commonName }] }];
}

/** The certificate of an authority, for as long as any demo may last. */
export async function caCertificate(
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

/** A card for ten years. */
export async function issueCard(
  authority: Authority & { ocspUrl: string },
  holder: Holder,
  at: Temporal.Instant,
): Promise<Chip> {
  const subject = subjectOf(holder);
  const { certificate, key } = await certify(authority, {
    subject,
    at,
    years: 10,
    extensions: await cardExtensions(authority),
  });
  return { certificate: certificate.toString('base64'), key };
}

/** One who answers for the authority whether a card was revoked, for a year. */
export async function issueDelegate(authority: Authority, at: Temporal.Instant): Promise<Delegate> {
  const extensions = [
    await AuthorityKeyIdentifierExtension.create(await authority.ca.publicKey.export()),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([OCSP_SIGNING], true),
  ];
  return certify(authority, { subject: name('Demo eID OCSP Responder'), at, years: 1, extensions });
}

export interface Authority {
  ca: X509Certificate;
  key: webcrypto.CryptoKey;
}

/** Certifies a new key from the day before `at` on. */
async function certify(
  { ca, key }: Authority,
  {
    subject,
    at,
    years,
    extensions,
  }: { subject: JsonNameParams; at: Temporal.Instant; years: number; extensions: Extension[] },
): Promise<Delegate> {
  const keys = await newKeys();
  const from = at
    .toZonedDateTimeISO('UTC')
    .subtract({ days: 1 })
    .round({ smallestUnit: 'second', roundingMode: 'floor' });
  const certificate = await X509CertificateGenerator.create({
    serialNumber: newSerial(),
    subject: new Name(subject),
    issuer: ca.subjectName,
    notBefore: new Date(from.epochMilliseconds),
    notAfter: new Date(from.add({ years }).epochMilliseconds),
    publicKey: keys.publicKey,
    signingKey: key,
    signingAlgorithm: ALGORITHM,
    extensions,
  });
  return { certificate: Buffer.from(certificate.rawData), key: KeyObject.from(keys.privateKey) };
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
