import fc from 'fast-check';
import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import type { FoundSession } from '../../src/identity/sessions.store.ts';
import { hashOf } from '../../src/identity/sessions.ts';
import { ANONYMOUS } from '../../src/identity/visitor.ts';
import { type Door, isOwnWrite, languageOf, visitorOf } from '../../src/web/visit.ts';

const request = (headers: Record<string, string>, cookies: Record<string, string> = {}) =>
  ({ headers, cookies }) as unknown as FastifyRequest;

describe('the language of a visitor', () => {
  it.each([
    ['nothing said', {}, {}, 'nl'],
    ['his cookie', { 'accept-language': 'de' }, { lang: 'fr' }, 'fr'],
    ['a cookie of another making', { 'accept-language': 'de' }, { lang: 'es' }, 'de'],
    ['his browser', { 'accept-language': 'fr-BE,fr;q=0.9,en;q=0.8' }, {}, 'fr'],
    ['his browser, weighed', { 'accept-language': 'en;q=0.2, de;q=0.9' }, {}, 'de'],
    ['the first that we have', { 'accept-language': 'pl, tr;q=0.9, en-GB;q=0.4' }, {}, 'en'],
    ['none that we have', { 'accept-language': 'pl,tr' }, {}, 'nl'],
    ['anything', { 'accept-language': '*' }, {}, 'nl'],
  ])('is that of %s', (_, headers, cookies, lang) => {
    expect(languageOf(request(headers as Record<string, string>, cookies as Record<string, string>))).toBe(lang);
  });

  it('is one of four, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (accepted, cookie) => {
        expect(['nl', 'fr', 'de', 'en']).toContain(
          languageOf(request({ 'accept-language': accepted }, { lang: cookie })),
        );
      }),
    );
  });
});

describe('a write of our own', () => {
  const ours = 'https://portal.example';

  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-origin', origin: 'https://elsewhere.example' }, true],
    [{ origin: ours }, true],
    [{}, false],
    [{ origin: 'null' }, false],
    [{ origin: 'https://portal.example.evil.example' }, false],
    [{ origin: 'http://portal.example' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: ours }, false],
    [{ 'sec-fetch-site': 'same-site', origin: ours }, false],
    [{ 'sec-fetch-site': 'none', origin: ours }, false],
    [{ 'sec-fetch-site': '', origin: ours }, false],
    [{ referer: `${ours}/relations` }, false],
  ])('%j: %s', (headers, isOwn) => {
    expect(isOwnWrite(headers, ours)).toBe(isOwn);
  });
});

describe('a visit', () => {
  const secret = 'a secret for tests, of 32 characters';
  const visitor = {
    kind: 'worker',
    workerId: '7',
    insz: '85073003328',
    givenName: null,
    familyName: 'Dvořák',
    method: 'eid',
    assurance: 500,
    previousVisitAt: null,
  } as const;
  const now = '2026-11-23T09:00:00Z';

  /** A door that knows one session, and what it was asked. */
  function doorWith(publicUrl: string, session: Partial<FoundSession> | null) {
    const asked: { find: unknown[]; touched: string[] } = { find: [], touched: [] };
    const sessions = {
      async find(hash: Buffer, since: unknown) {
        asked.find.push([hash.toString('hex'), since]);
        return session && { visitor, lastSeenAt: now, ...session };
      },
      async touch(_: Buffer, at: string) {
        asked.touched.push(at);
      },
    };
    const clock = { now: () => now, today: () => '2026-11-23' };
    return { asked, door: { publicUrl, secret, clock, sessions } as unknown as Door };
  }

  it('without a cookie is nobody’s, and the database is not asked', async () => {
    const { asked, door } = doorWith('https://portal.example', {});
    expect(await visitorOf(request({}), door)).toBe(ANONYMOUS);
    expect(asked.find).toEqual([]);
  });

  it('looks up the keyed hash, within 8 hours of sign-in and 15 minutes of use', async () => {
    const { asked, door } = doorWith('https://portal.example', {});
    const found = await visitorOf(request({}, { '__Host-interim-session': 'token' }), door);
    expect(found).toEqual(visitor);
    expect(asked.find).toEqual([
      [
        hashOf('token', secret).toString('hex'),
        { created: '2026-11-23T01:00:00.000Z', seen: '2026-11-23T08:45:00.000Z' },
      ],
    ]);
  });

  it('does not read the plain cookie where the portal is https', async () => {
    const { asked, door } = doorWith('https://portal.example', {});
    expect(await visitorOf(request({}, { 'interim-session': 'token' }), door)).toBe(ANONYMOUS);
    expect(asked.find).toEqual([]);
  });

  it('with a session that ended is nobody’s', async () => {
    const { door } = doorWith('http://localhost:3000', null);
    expect(await visitorOf(request({}, { 'interim-session': 'token' }), door)).toBe(ANONYMOUS);
  });

  it('is noted when the last use is more than half a minute ago', async () => {
    for (const [lastSeenAt, touched] of [
      ['2026-11-23T08:59:30Z', []],
      ['2026-11-23T08:59:29Z', [now]],
    ] as const) {
      const { asked, door } = doorWith('http://localhost:3000', { lastSeenAt });
      await visitorOf(request({}, { 'interim-session': 'token' }), door);
      expect(asked.touched).toEqual(touched);
    }
  });
});
