import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadAnchors } from '../../src/identity/methods/web-eid.anchors.ts';
import { checkToken } from '../../src/identity/methods/web-eid.check.ts';
import { authority, cardOf, INSZ, type Issued, NONCE, tokenOf } from '../pki.ts';
import { AT } from './web-eid.fixture.ts';

let dir: string;
let ca: Issued;
let other: Issued;
let card: Issued;

beforeAll(async () => {
  ca = await authority();
  other = await authority({ commonName: 'Other CA' });
  card = await cardOf(ca);
});
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'anchors-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const put = (name: string, content: string | Buffer) => writeFileSync(join(dir, name), content);
const sha256s = () => loadAnchors(dir).map(({ sha256 }) => sha256);

describe('the folder of anchors', () => {
  it('holds PEM, several in one file, and DER; the same one twice counts once', () => {
    put('both.pem', `# the two of us\n${ca.pem}\n${other.pem}\n`);
    put('again.cer', ca.der);
    put('third.CRT', `${other.pem}\r\n`);
    expect(sha256s()).toHaveLength(2);
  });
  it('may hold other files', () => {
    put('ca.pem', ca.pem);
    put('README.txt', 'where these come from');
    expect(sha256s()).toHaveLength(1);
  });
  it.each([
    ['junk', 'not a certificate'],
    ['empty', ''],
    ['a key', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'],
    ['a broken one', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
  ])('is refused with the file’s name when it holds %s', (_, content) => {
    put('ca.pem', ca.pem);
    put('broken.crt', content);
    expect(() => loadAnchors(dir)).toThrow('broken.crt');
  });
  it('is refused when a file is a certificate and something else', () => {
    put('half.pem', `${ca.pem}\n-----BEGIN CERTIFICATE-----\nAAAA`);
    expect(() => loadAnchors(dir)).toThrow('half.pem');
  });
  it('is refused when it is empty or not there', () => {
    expect(() => loadAnchors(dir)).toThrow(dir);
    expect(() => loadAnchors(join(dir, 'nowhere'))).toThrow('nowhere');
  });
});

describe('the token of a file', () => {
  const check = (content: unknown) => {
    put('ca.pem', ca.pem);
    put('token.json', typeof content === 'string' ? content : JSON.stringify(content));
    return checkToken(join(dir, 'token.json'), dir, AT);
  };
  const origin = 'http://localhost:3000';

  it('gives the person', async () => {
    expect(await check({ authToken: tokenOf(card, { origin }), nonce: NONCE, origin })).toEqual({
      ok: true,
      identity: expect.objectContaining({ insz: INSZ, familyName: 'Peeters' }),
    });
  });
  it('or the reason', async () => {
    const authToken = tokenOf(card, { origin });
    expect(await check({ authToken, nonce: NONCE, origin: 'http://localhost:3001' })).toEqual({
      ok: false,
      reason: 'signature',
    });
    expect(await check({ authToken, nonce: NONCE, origin: 'http://interim.example' })).toEqual({
      ok: false,
      reason: 'origin',
    });
    expect(await check({ authToken, nonce: NONCE })).toEqual({ ok: false, reason: 'parse' });
    expect(await check({ nonce: NONCE, origin })).toEqual({ ok: false, reason: 'parse' });
    expect(await check('{')).toEqual({ ok: false, reason: 'parse' });
  });
  it('is judged at the moment asked for', async () => {
    put('ca.pem', ca.pem);
    put('token.json', JSON.stringify({ authToken: tokenOf(card, { origin }), nonce: NONCE, origin }));
    const later = Temporal.Instant.from('2099-01-02T00:00:00Z');
    expect(await checkToken(join(dir, 'token.json'), dir, later)).toEqual({ ok: false, reason: 'expired' });
  });
  it('must be there', async () => {
    put('ca.pem', ca.pem);
    await expect(checkToken(join(dir, 'missing.json'), dir, AT)).rejects.toThrow('missing.json');
  });
});
