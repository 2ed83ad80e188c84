import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noIssuers } from '../../src/identity/methods/issuers.ts';
import { loadAnchors } from '../../src/identity/methods/web-eid.anchors.ts';
import {
  BELGIAN_AUTHENTICATION_POLICIES,
  revocationNotChecked,
  validateToken,
} from '../../src/identity/methods/web-eid.ts';
import { demoEid } from '../../src/stubs/eid-ca.ts';
import { type CardHolder, signWithCard, virtualCards } from '../../src/stubs/eid-card.ts';
import { cardRegister } from '../../src/stubs/eid-register.ts';

const ORIGIN = 'http://localhost:3000';
const NONCE = Buffer.alloc(32, 9).toString('base64');
const NOW = '2026-11-23T09:00:00Z';
const about = { nl: 'één dag', fr: 'un jour', de: 'ein Tag', en: 'one day' };
const LOTTE: CardHolder = { insz: '85073003328', givenName: 'Lotte Anna', familyName: 'Çelik', pin: '1234', about };
const SARI: CardHolder = { insz: '94022722580', givenName: null, familyName: 'Sari', pin: '4321', about };
const people = [LOTTE, SARI];

let dir: string;
beforeAll(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'demo-eid-')), 'eid');
});
afterAll(() => rmSync(join(dir, '..'), { recursive: true }));

const newCards = async (now = NOW) =>
  virtualCards({
    demo: await demoEid(dir),
    people,
    now: () => now,
    ocspUrl: 'http://127.0.0.1:1/ocsp',
    register: cardRegister(),
  });

const identify = async (authToken: unknown, at = NOW, authority = dir) =>
  validateToken({
    authToken,
    nonce: NONCE,
    origin: ORIGIN,
    at: Temporal.Instant.from(at),
    anchors: loadAnchors((await demoEid(authority)).anchorsDir),
    policies: BELGIAN_AUTHENTICATION_POLICIES,
    issuers: noIssuers,
    revocation: revocationNotChecked,
    allowHttpLoopback: true,
  });

describe('the demo’s authority', () => {
  it('stays the same for ever, and its key is nobody else’s', async () => {
    const before = loadAnchors((await demoEid(dir)).anchorsDir).map(({ sha256 }) => sha256);
    const after = loadAnchors((await demoEid(dir)).anchorsDir).map(({ sha256 }) => sha256);
    expect(before).toHaveLength(2);
    expect(after).toEqual(before);
    expect(statSync(join(dir, 'citizen-ca.key.pem')).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(dir, '..'))).toEqual(['eid']);
  });
  it('is one, also when two start at once', async () => {
    const shared = join(dir, '..', 'shared');
    const [one, two] = await Promise.all([demoEid(shared), demoEid(shared)]);
    for (const demo of [one, two]) {
      const cards = virtualCards({
        demo,
        people,
        now: () => NOW,
        ocspUrl: 'http://127.0.0.1:1/ocsp',
        register: cardRegister(),
      });
      const token = await signWithCard(cards, { insz: LOTTE.insz, pin: LOTTE.pin, nonce: NONCE, origin: ORIGIN });
      expect(await identify(token, NOW, shared)).toMatchObject({ insz: LOTTE.insz });
    }
    rmSync(shared, { recursive: true });
  });
  it('does not settle in a folder that holds other things', async () => {
    const taken = join(dir, '..', 'taken');
    mkdirSync(taken);
    writeFileSync(join(taken, 'diary.txt'), 'dear diary');
    await expect(demoEid(taken)).rejects.toThrow('taken');
    expect(readdirSync(taken)).toEqual(['diary.txt']);
    rmSync(taken, { recursive: true });
    expect(readdirSync(join(dir, '..'))).toEqual(['eid']);
  });
  it('is another one on every installation', async () => {
    const elsewhere = join(dir, '..', 'elsewhere');
    const other = await demoEid(elsewhere);
    const cards = virtualCards({
      demo: other,
      people,
      now: () => NOW,
      ocspUrl: 'http://127.0.0.1:1/ocsp',
      register: cardRegister(),
    });
    rmSync(elsewhere, { recursive: true });
    const token = await signWithCard(cards, { insz: LOTTE.insz, pin: LOTTE.pin, nonce: NONCE, origin: ORIGIN });
    expect(await identify(token)).toEqual({ fault: 'notTrusted' });
  });
});

describe('a virtual card', () => {
  const signing = { insz: LOTTE.insz, pin: LOTTE.pin, nonce: NONCE, origin: ORIGIN };

  it('signs a token the portal accepts, whatever day the demo plays', async () => {
    for (const now of [NOW, '2012-02-29T00:00:00Z', '2040-06-01T12:00:00Z']) {
      const token = await signWithCard(await newCards(now), signing);
      expect(await identify(token, now)).toMatchObject({
        insz: LOTTE.insz,
        givenName: 'Lotte Anna',
        familyName: 'Çelik',
      });
    }
  });
  it('says which card was used, and nothing of the PIN', async () => {
    const token = await signWithCard(await newCards(), signing);
    expect(token).toMatchObject({ format: 'web-eid:1.0', algorithm: 'ES384' });
    expect(token.appVersion).toContain('virtual-card');
    expect(Object.keys(token).sort()).toEqual([
      'algorithm',
      'appVersion',
      'format',
      'signature',
      'unverifiedCertificate',
    ]);
  });
  it('exists for somebody without a given name', async () => {
    const token = await signWithCard(await newCards(), { ...signing, insz: SARI.insz, pin: SARI.pin });
    expect(await identify(token)).toMatchObject({ insz: SARI.insz, givenName: null, familyName: 'Sari' });
  });
  it('blocks after three wrong PINs until there is a new one; the others go on', async () => {
    const cards = await newCards();
    const wrong = { ...signing, pin: '0000' };
    expect(await cards.authenticate(wrong)).toEqual({ fault: 'pinWrong', left: 2 });
    expect(await cards.authenticate(wrong)).toEqual({ fault: 'pinWrong', left: 1 });
    expect(await cards.authenticate(wrong)).toEqual({ fault: 'pinBlocked' });
    expect(await cards.authenticate(signing)).toEqual({ fault: 'pinBlocked' });
    expect(cards.triesLeft(LOTTE.insz)).toBe(0);
    expect(await cards.authenticate({ ...signing, insz: SARI.insz, pin: SARI.pin })).toHaveProperty('token');
    cards.replace(LOTTE.insz);
    expect(await cards.authenticate(signing)).toHaveProperty('token');
  });
  it('forgets wrong PINs once the right one came', async () => {
    const cards = await newCards();
    await cards.authenticate({ ...signing, pin: '0000' });
    await cards.authenticate(signing);
    expect(cards.triesLeft(LOTTE.insz)).toBe(3);
  });
  it('signs nothing that is no challenge of a page, and is nobody’s but theirs', async () => {
    const cards = await newCards();
    for (const wrong of [
      { nonce: 'short' },
      { nonce: 'A'.repeat(129) },
      { origin: `${ORIGIN}/` },
      { origin: 'null' },
    ]) {
      expect(await cards.authenticate({ ...signing, ...wrong })).toEqual({ fault: 'invalidArgument' });
    }
    expect(await cards.authenticate({ ...signing, insz: '00000000097' })).toEqual({ fault: 'unknownCard' });
    await expect(signWithCard(cards, { ...signing, pin: '9' })).rejects.toThrow('pinWrong');
  });
});
