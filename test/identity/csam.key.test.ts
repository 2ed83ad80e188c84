import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readClientKey } from '../../src/identity/methods/csam.key.ts';
import { type CsamStub, startCsamStub } from '../../src/stubs/csam.server.ts';
import { ORIGIN, openTestApp, type TestApp } from '../app.ts';
import { csamBrowser } from './csam.browser.ts';

const about = { nl: '', fr: '', de: '', en: '' };
const LUKASZ = { key: 'lukasz', insz: '85073003328', givenName: 'Łukasz', familyName: 'Dvořák', about };
const BY_EID = { person: 'lukasz', means: 'eid' };

const folder = mkdtempSync(path.join(os.tmpdir(), 'interim-csam-'));
let files = 0;

/** A file as an operator would write it. */
function fileOf(content: string | Buffer): string {
  const file = path.join(folder, `key-${files++}`);
  writeFileSync(file, content);
  return file;
}
const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' });
const jwk = (key: KeyObject, more: object = {}) => ({ ...key.export({ format: 'jwk' }), ...more });
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve });

/** CSAM knows the public half of a key, the portal has a file; `use` it until `close`. */
async function together(known: KeyObject, file: string, log?: NodeJS.WritableStream) {
  const client = { key: { ...jwk(known), kid: 'portal-1' } };
  const place = { port: 0, host: '127.0.0.1', portalOrigin: ORIGIN };
  const stub: CsamStub = await startCsamStub({
    ...place,
    people: [LUKASZ],
    clientId: 'interim',
    client,
    signedUserinfo: true,
  });
  const environment = { CSAM_ISSUER: stub.issuer, CSAM_CLIENT_SECRET: '', CSAM_KEY: file };
  const portal: TestApp = await openTestApp({ environment, ...(log && { log }) });
  return {
    portal,
    async close() {
      await portal.close();
      await stub.close();
    },
  };
}

describe('the portal that proves itself by a key', () => {
  it.each<[string, () => { publicKey: KeyObject; privateKey: KeyObject }, (key: KeyObject) => string | Buffer]>([
    ['a JWK with its name and algorithm', rsa, (key) => JSON.stringify(jwk(key, { kid: 'portal-1', alg: 'PS256' }))],
    ['a JWK that says neither', rsa, (key) => JSON.stringify(jwk(key))],
    ['PEM of an elliptic curve', () => ec('prime256v1'), pem],
  ])('signs people in: %s', async (_, pair, written) => {
    const { publicKey, privateKey } = pair();
    const { portal, close } = await together(publicKey, fileOf(written(privateKey)));
    const browser = csamBrowser(portal);
    const answer = await browser.portal(await browser.through('/sign-in/csam?return=%2Fkeys', BY_EID));
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/keys']);
    expect((await browser.portal('/')).body).toContain('Łukasz');
    await close();
  });

  describe('with a key that CSAM does not know', () => {
    let logged = '';
    let open: Awaited<ReturnType<typeof together>>;
    const secret = rsa().privateKey;
    beforeAll(async () => {
      const log = new Writable({
        write(chunk, _, done) {
          logged += chunk;
          done();
        },
      });
      open = await together(rsa().publicKey, fileOf(pem(secret)), log);
    });
    afterAll(() => open.close());

    it('signs nobody in and says so in words, with the ways on', async () => {
      const browser = csamBrowser(open.portal);
      const answer = await browser.portal(await browser.through('/sign-in/csam?return=%2Fkeys', BY_EID));
      expect(answer.statusCode).toBe(401);
      expect(answer.body).toContain('Aanmelden is niet gelukt. Probeer opnieuw, of kies een andere manier');
      expect(answer.body).toContain('href="/sign-in/csam?return=%2Fkeys"');
      expect(browser.cookies.has('interim-session')).toBe(false);
      expect(logged).toContain('invalid_client');
      expect(logged).not.toContain(jwk(secret).d);
    });
  });
});

describe('the file of the key', () => {
  it('is read with what it is called and signs with', () => {
    const { privateKey } = ec('secp384r1');
    expect(readClientKey(fileOf(JSON.stringify(jwk(privateKey, { kid: 'k', key_ops: ['verify'] }))))).toEqual({
      ...jwk(privateKey),
      kid: 'k',
      alg: 'ES384',
    });
  });

  it.each<[string, () => string | Buffer]>([
    ['words', () => 'no key at all'],
    ['half a JWK', () => '{"kty":"RSA","n":"secret-part'],
    ['a shared secret', () => JSON.stringify({ kty: 'oct', k: 'secret-part' })],
    ['a public key', () => JSON.stringify(jwk(rsa().publicKey, { kid: 'secret-part' }))],
    ['a short key', () => pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey)],
    ['a curve that CSAM cannot check', () => pem(ec('secp256k1').privateKey)],
    ['a certificate', () => '-----BEGIN CERTIFICATE-----\nsecret-part\n-----END CERTIFICATE-----\n'],
  ])('with %s stops the start and names the variable, not what it holds', (_, written) => {
    const file = fileOf(written());
    expect(() => readClientKey(file)).toThrow(/^CSAM_KEY: /);
    expect(() => readClientKey(file)).not.toThrow(/secret-part|BEGIN/);
  });
});
