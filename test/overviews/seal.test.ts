import 'reflect-metadata';
import { createHash, generateKeyPairSync, verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ContentInfo, SignedData } from '@peculiar/asn1-cms';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderPdf } from '../../src/overviews/pdf.ts';
import { readSeal } from '../../src/overviews/seal.files.ts';
import type { Seal } from '../../src/overviews/seal.ts';
import { demoSeal } from '../../src/stubs/seal.ts';
import { all, bodyRows, readPdf } from './reading.ts';
import { sampleDocument, sampleRows } from './samples.ts';

let folder: string;
let files: { keyFile: string; certificateFile: string };
let seal: Seal;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'interim-seal-'));
  files = await demoSeal(path.join(folder, 'seal'));
  seal = readSeal(files.keyFile, files.certificateFile);
}, 60_000);

/** The signature of a file, and the bytes that it is about. */
function signatureOf(file: Uint8Array): { signed: SignedData; bytes: Buffer; range: number[] } {
  const pdf = Buffer.from(file);
  const text = pdf.toString('latin1');
  const range = (/\/ByteRange \[([\d ]+)\]/.exec(text)?.[1] ?? '').trim().split(/ +/).map(Number);
  const [start = 0, begin = 0, end = 0, rest = 0] = range;
  const hex = text.slice(begin + 1, end - 1);
  const bytes = Buffer.concat([pdf.subarray(start, begin), pdf.subarray(end, end + rest)]);
  const info = AsnConvert.parse(Buffer.from(hex, 'hex'), ContentInfo);
  return { signed: AsnConvert.parse(info.content, SignedData), bytes, range };
}

/** What a reader of PDFs checks: that the digest is the file's, and that the certificate's key signed the attributes. */
function isWhole(file: Uint8Array): boolean {
  const { signed, bytes } = signatureOf(file);
  const [signer] = signed.signerInfos;
  const [certificate] = signed.certificates ?? [];
  if (!signer?.signedAttrs || !certificate?.certificate) throw new Error('no signer');
  const told = signer.signedAttrs.find(({ attrType }) => attrType === '1.2.840.113549.1.9.4')?.attrValues[0];
  const digest = Buffer.from(AsnConvert.parse(told as ArrayBuffer, OctetString).buffer);
  // written under a tag of their own, signed as a SET
  const list = Buffer.concat(signer.signedAttrs.map((one) => Buffer.from(AsnConvert.serialize(one))));
  const attributes = Buffer.concat([Buffer.from([0x31, 0x81, list.length]), list]);
  const { publicKey } = new X509Certificate(Buffer.from(AsnConvert.serialize(certificate.certificate)));
  const isSigned = verify('sha256', attributes, publicKey, Buffer.from(signer.signature.buffer));
  return isSigned && digest.equals(createHash('sha256').update(bytes).digest());
}

describe('a sealed overview', () => {
  const document = sampleDocument(sampleRows(60));

  test('is signed whole, but for the place of the signature itself', () => {
    const file = renderPdf(document, seal);
    const { range } = signatureOf(file);
    expect(range[0]).toBe(0);
    expect((range[2] ?? 0) + (range[3] ?? 0)).toBe(file.length);
    expect(isWhole(file)).toBe(true);
  });

  test('with one byte changed, wherever, is not whole', () => {
    const file = renderPdf(document, seal);
    const { range } = signatureOf(file);
    for (const place of [9, 2000, (range[1] ?? 0) - 40, (range[2] ?? 0) + 1, file.length - 10]) {
      const altered = file.slice();
      altered[place] = (altered[place] ?? 0) ^ 1;
      let told = false;
      try {
        told = isWhole(altered);
      } catch {
        // no longer readable as a signature at all
      }
      expect(told, `byte ${place}`).toBe(false);
    }
  });

  test('names what PAdES baseline B asks for: its certificate by hash, and no time of its own', () => {
    const { signed } = signatureOf(renderPdf(document, seal));
    const [signer] = signed.signerInfos;
    const types = signer?.signedAttrs?.map(({ attrType }) => attrType).sort();
    expect(types).toEqual(['1.2.840.113549.1.9.16.2.47', '1.2.840.113549.1.9.3', '1.2.840.113549.1.9.4']);
    const own = signer?.signedAttrs?.find(({ attrType }) => attrType.endsWith('.47'))?.attrValues[0] as ArrayBuffer;
    const hash = createHash('sha256').update(seal.certificates[0] as Uint8Array);
    expect(Buffer.from(own).toString('hex')).toContain(hash.digest('hex'));
    const text = Buffer.from(renderPdf(document, seal)).toString('latin1');
    for (const name of ['/ETSI.CAdES.detached', '/Adobe.PPKLite', '/SigFlags 3']) expect(text).toContain(name);
  });

  test('stays tagged, the seal named in words, and says what it said', async () => {
    const pdf = await readPdf(renderPdf(document, seal));
    expect(pdf.marked).toBe(true);
    expect(bodyRows(pdf)).toHaveLength(60);
    expect(all(pdf.pages[0]?.tree as never, 'H1')).toHaveLength(1);
    expect(all(pdf.pages.at(-1)?.tree as never, 'Document')).toHaveLength(1);
    const file = Buffer.from(renderPdf(document, seal)).toString('latin1');
    expect(file).toMatch(/\/S \/Form\n/);
    expect(file).toContain('/TU (Seal of Interim@work)');
  });

  test('is the same bytes for the same document', () => {
    expect(Buffer.compare(renderPdf(document, seal), renderPdf(document, seal))).toBe(0);
  });

  test('by an elliptic key is whole too', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const file = renderPdf(document, { ...seal, key: privateKey });
    const [signer] = signatureOf(file).signed.signerInfos;
    expect(signer?.signatureAlgorithm.algorithm).toBe('1.2.840.10045.4.3.2');
  });
});

describe('a seal that cannot be', () => {
  const read = (key: string, certificate: string) => () => readSeal(key, certificate);
  const written = (name: string, text: string) => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  };

  test('is refused in words that hold nothing of the key', () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    expect(read(written('other.pem', privateKey), files.certificateFile)).toThrow('is not the key');
    expect(read(written('none.pem', 'nothing'), files.certificateFile)).toThrow('no readable private key');
    expect(read(files.keyFile, files.keyFile)).toThrow('holds no certificate');
    const certificate = readFileSync(files.certificateFile, 'utf8');
    expect(read(files.keyFile, written('chain.pem', `${certificate}\n${certificate}`))).not.toThrow();
  });
});
