import { mkdtempSync, rmSync } from 'node:fs';
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
import { type EidCardStub, startEidCardStub } from '../../src/stubs/eid-card.server.ts';
import type { CardHolder } from '../../src/stubs/eid-card.ts';

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

describe('the stub’s address', () => {
  let stub: EidCardStub;
  beforeAll(async () => {
    const clock = { now: () => NOW };
    stub = await startEidCardStub({ port: 0, host: '127.0.0.1', portalOrigin: ORIGIN, people, dir, clock });
  });
  afterAll(() => stub.close());

  const post = (path: string, body: unknown, headers: Record<string, string> = { Origin: ORIGIN }) =>
    fetch(`${stub.url}/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const signing = { insz: LOTTE.insz, pin: LOTTE.pin, nonce: NONCE, origin: ORIGIN, lang: 'nl' };

  it('signs for the portal’s page and for scripts', async () => {
    for (const headers of [{ Origin: ORIGIN }, {}] as Record<string, string>[]) {
      const answer = await post('authenticate', signing, headers);
      expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
      const { token } = (await answer.json()) as { token: unknown };
      expect(await identify(token)).toMatchObject({ insz: LOTTE.insz });
    }
  });
  it('turns every other page away', async () => {
    const answer = await post('authenticate', signing, { Origin: 'https://elsewhere.example' });
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain('token');
  });
  it('lists who has a card and the tries left, and gives a new one', async () => {
    const list = async () => (await fetch(`${stub.url}/cards`)).json();
    await post('authenticate', { ...signing, pin: '0' });
    expect(await list()).toEqual([
      { insz: LOTTE.insz, name: 'Lotte Anna Çelik', pin: '1234', about, left: 2 },
      { insz: SARI.insz, name: 'Sari', pin: '4321', about, left: 3 },
    ]);
    expect(await (await post('replacement', { insz: LOTTE.insz })).json()).toEqual({ left: 3 });
  });
  it('serves the reader to the portal’s page only', async () => {
    for (const [path, type] of [
      ['eid-card.js', 'javascript'],
      ['eid-card.words.js', 'javascript'],
      ['eid-card.css', 'css'],
    ]) {
      const answer = await fetch(`${stub.url}/${path}`);
      expect(answer.headers.get('content-type')).toContain(type);
      expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    }
  });
  it('answers a browser that asks whether it may', async () => {
    const answer = await fetch(`${stub.url}/authenticate`, { method: 'OPTIONS', headers: { Origin: ORIGIN } });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-headers')).toBe('Content-Type');
  });
  it('says what is wrong with a request', async () => {
    expect((await post('authenticate', { insz: LOTTE.insz })).status).toBe(400);
    expect((await fetch(`${stub.url}/authenticate`, { method: 'POST', body: '{' })).status).toBe(400);
    expect((await post('authenticate', { ...signing, pin: 'x'.repeat(20_000) })).status).toBe(413);
    expect((await fetch(`${stub.url}/nowhere`)).status).toBe(404);
    expect((await fetch(`${stub.url}/authenticate`)).status).toBe(404);
  });
});
