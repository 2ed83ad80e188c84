import 'reflect-metadata';
import { constants, createHash, KeyObject, randomBytes, sign, webcrypto } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  BasicConstraintsExtension,
  CertificatePolicyExtension,
  ExtendedKeyUsageExtension,
  Extension,
  type JsonNameParams,
  KeyUsagesExtension,
  Name,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate authority and cards of our own, right unless a test asks for something wrong. */

export const ORIGIN = 'https://interim.example';
export const NONCE = Buffer.alloc(32, 7).toString('base64');
/** Bits of the key usage extension. */
export const KEY_USE = { digitalSignature: 1, nonRepudiation: 2, keyCertSign: 32, crlSign: 64 };
export const CITIZEN_POLICY = '2.16.56.12.1.1.2.2';
export const INSZ = '85073003328';

/** A folder of its own that is not there yet, for a demo's authority. */
export function tempFolder(prefix: string): string {
  return path.join(mkdtempSync(path.join(os.tmpdir(), prefix)), 'own');
}

const KEYS = {
  'P-256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'P-384': { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
  'P-521': { name: 'ECDSA', namedCurve: 'P-521', hash: 'SHA-512' },
  RSA: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
  'RSA-1024': {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 1024,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
};
export type KeyKind = keyof typeof KEYS;

export interface Issued {
  name: JsonNameParams;
  der: Buffer;
  pem: string;
  kind: KeyKind;
  keys: webcrypto.CryptoKeyPair;
}

interface Profile {
  name: JsonNameParams;
  issuer?: Issued;
  kind?: KeyKind;
  from?: string;
  until?: string;
  extensions: Extension[];
  /** Certify this key pair again instead of a new one. */
  keys?: webcrypto.CryptoKeyPair;
  /** Hash of the issuer's signature, when not the usual one of its key. */
  signedWith?: 'SHA-1';
}

export async function certify(profile: Profile): Promise<Issued> {
  const { name, kind = 'P-384', from = '2020-01-01T00:00:00Z', until = '2099-01-01T00:00:00Z', extensions } = profile;
  const keys = profile.keys ?? (await webcrypto.subtle.generateKey(KEYS[kind], true, ['sign', 'verify']));
  const issuer = profile.issuer ?? { name, keys, kind };
  const certificate = await X509CertificateGenerator.create({
    serialNumber: `40${randomBytes(8).toString('hex')}`,
    subject: new Name(name),
    issuer: new Name(issuer.name),
    notBefore: new Date(from),
    notAfter: new Date(until),
    publicKey: keys.publicKey,
    signingKey: issuer.keys.privateKey,
    signingAlgorithm: { ...KEYS[issuer.kind], ...(profile.signedWith && { hash: profile.signedWith }) },
    extensions,
  });
  return { name, der: Buffer.from(certificate.rawData), pem: certificate.toString('pem'), kind, keys };
}

export interface AuthorityWish {
  commonName?: string;
  issuer?: Issued;
  kind?: KeyKind;
  from?: string;
  until?: string;
  ca?: boolean;
  pathLength?: number;
  keyUsage?: number | null;
  extendedKeyUsage?: string[];
  extra?: Extension[];
  signedWith?: 'SHA-1';
}

/** A CA certificate, self-signed unless another issues it. */
export function authority(wish: AuthorityWish = {}): Promise<Issued> {
  const { commonName = 'Citizen CA', ca = true, pathLength, keyUsage = KEY_USE.keyCertSign, ...rest } = wish;
  return certify({
    ...rest,
    name: [{ C: [{ printableString: 'BE' }] }, { CN: [{ utf8String: commonName }] }],
    extensions: [
      new BasicConstraintsExtension(ca, pathLength, true),
      ...(keyUsage === null ? [] : [new KeyUsagesExtension(keyUsage, true)]),
      ...(wish.extendedKeyUsage ? [new ExtendedKeyUsageExtension(wish.extendedKeyUsage)] : []),
      ...(wish.extra ?? []),
    ],
  });
}

export interface CardWish {
  kind?: KeyKind;
  from?: string;
  until?: string;
  insz?: string;
  subject?: JsonNameParams;
  keyUsage?: number | null;
  extendedKeyUsage?: string[] | null;
  policies?: string[];
  extra?: Extension[];
  signedWith?: 'SHA-1';
}

export const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/** The authentication certificate of a card, as the Belgian ones are. */
export function cardOf(issuer: Issued, wish: CardWish = {}): Promise<Issued> {
  const { keyUsage = KEY_USE.digitalSignature, extendedKeyUsage = [CLIENT_AUTH] } = wish;
  const { policies = [CITIZEN_POLICY], extra = [], insz = INSZ, subject, ...rest } = wish;
  return certify({
    ...rest,
    issuer,
    name: subject ?? subjectOf({ insz, givenName: 'Amélie', familyName: 'Peeters' }),
    extensions: [
      ...(keyUsage === null ? [] : [new KeyUsagesExtension(keyUsage, true)]),
      ...(policies.length === 0 ? [] : [new CertificatePolicyExtension(policies)]),
      ...(extendedKeyUsage === null ? [] : [new ExtendedKeyUsageExtension(extendedKeyUsage)]),
      ...extra,
    ],
  });
}

export function subjectOf(person: { insz?: string; givenName?: string; familyName?: string }): JsonNameParams {
  const { insz, givenName, familyName } = person;
  return [
    { C: [{ printableString: 'BE' }] },
    ...(familyName === undefined ? [] : [{ '2.5.4.4': [{ utf8String: familyName }] }]),
    ...(givenName === undefined ? [] : [{ '2.5.4.42': [{ utf8String: givenName }] }]),
    ...(insz === undefined ? [] : [{ '2.5.4.5': [{ printableString: insz }] }]),
  ];
}

/** An extension with a meaning nobody knows. */
export function strangeExtension(critical: boolean): Extension {
  return new Extension('1.2.3.4.5', critical, new Uint8Array([5, 0]));
}

export interface Token {
  unverifiedCertificate: unknown;
  algorithm: unknown;
  signature: unknown;
  format: unknown;
  appVersion?: unknown;
}

const OWN_ALGORITHM: Record<KeyKind, string> = {
  'P-256': 'ES256',
  'P-384': 'ES384',
  'P-521': 'ES512',
  RSA: 'RS256',
  'RSA-1024': 'RS256',
};

/** The Web eID token a card signs for an origin and a nonce. */
export function tokenOf(
  card: Issued,
  { origin = ORIGIN, nonce = NONCE, algorithm = OWN_ALGORITHM[card.kind] } = {},
): Token {
  const digest = `sha${algorithm.slice(2)}`;
  const hashed = (text: string) => createHash(digest).update(text).digest();
  const signature = sign(digest, Buffer.concat([hashed(origin), hashed(nonce)]), {
    key: KeyObject.from(card.keys.privateKey),
    dsaEncoding: 'ieee-p1363',
    ...(algorithm.startsWith('PS') && {
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    }),
  });
  return {
    unverifiedCertificate: card.der.toString('base64'),
    algorithm,
    signature: signature.toString('base64'),
    format: 'web-eid:1.0',
    appVersion: 'https://web-eid.eu/web-eid-app/releases/2.7.0+965',
  };
}
