import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp, routesOf } from '../../src/app.ts';
import { PATTERNS, patternsRoutes } from '../../src/patterns/patterns.ts';
import { openTestApp, type TestApp } from '../app.ts';

let portal: TestApp;
beforeAll(async () => {
  portal = await openTestApp();
});
afterAll(() => portal.close());

describe('the page of every part', () => {
  it('is a page where the demo hangs it in', async () => {
    const { statusCode, body } = await portal.app.inject({ url: PATTERNS, headers: { cookie: 'lang=de' } });
    expect(statusCode).toBe(200);
    for (const part of ['class="month"', 'class="weeks"', 'class="steps"', 'class="verdict', 'mark--cancelled'])
      expect(body).toContain(part);
    expect(body).toContain('Rechtzeitig'); // parts speak the visitor's language
  });

  it('is nothing in a portal without it, as production’s is', async () => {
    expect(routesOf(portal.house).map(({ path }) => path)).not.toContain(PATTERNS);
    const plain = await buildApp(portal.house, { lateMs: 0 });
    expect((await plain.inject({ url: PATTERNS })).statusCode).toBe(404);
    await plain.close();
  });

  it('asks for no right and reads no data', () => {
    expect(patternsRoutes().map(({ method, path, right }) => [method, path, right])).toEqual([
      ['GET', '/patterns', 'public'],
    ]);
  });
});
