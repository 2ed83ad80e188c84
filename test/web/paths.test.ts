import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inLanguage, withoutLanguage } from '../../src/web/paths.language.ts';
import { openTestApp, type TestApp } from '../app.ts';

let portal: TestApp;
beforeAll(async () => {
  portal = await openTestApp();
});
afterAll(() => portal.close());

/** Where a browser on our page goes from there. */
const hostOf = (href: string) => new URL(href, 'https://portal.example/').host;

const AWAY = [
  '//evil.example/',
  '//evil.example',
  '//a//evil.example',
  '///evil.example',
  '/\\evil.example',
  '/.//evil.example',
  '//a/.//evil.example',
  '//evil.example/%2e%2e/x',
];

describe('a choice of language', () => {
  it('keeps the rest of the address', () => {
    expect(inLanguage('/relations?type=EXT&type=STU', 'fr')).toBe('/relations?type=EXT&type=STU&lang=fr');
    expect(withoutLanguage('/relations?lang=de&type=EXT&year=2026')).toBe('/relations?type=EXT&year=2026');
    expect(withoutLanguage('/help?lang=de')).toBe('/help');
  });

  it.each(AWAY)('never leads away, whatever address was asked: %s', async (path) => {
    const answer = await portal.app.inject({ url: `${path}?lang=fr`, headers: { host: 'portal.example' } });
    const to = answer.headers.location;
    if (to !== undefined) expect(hostOf(String(to))).toBe('portal.example');
    for (const lang of ['nl', 'fr'] as const) expect(hostOf(inLanguage(path, lang))).toBe('portal.example');
    expect(hostOf(withoutLanguage(`${path}?lang=fr`))).toBe('portal.example');
  });
});
