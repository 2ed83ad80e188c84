import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routesOf } from '../../src/app.ts';
import { ALL_METHODS, openTestApp, type TestApp } from '../app.ts';

let portal: TestApp;
beforeAll(async () => {
  portal = await openTestApp({ environment: ALL_METHODS });
});
afterAll(() => portal.close());

/** As the contract promises; the portal's own bound lies above it. */
const PROMISED = 120;
const BOUND = 240;

describe('sign-in from one address', () => {
  it('is bounded at each of its steps, well above what is promised', () => {
    const steps = routesOf(portal.house).filter(({ path }) => path.startsWith('/sign-in/'));
    expect(steps.length).toBeGreaterThanOrEqual(8);
    for (const { path, method, perMinute } of steps) expect(perMinute, `${method} ${path}`).toBe(BOUND);
    expect(BOUND).toBeGreaterThanOrEqual(PROMISED);
  });

  it.each(['/sign-in/csam?return=%2Fkeys', '/sign-in/csam/callback?code=a&state=b'])(
    '%s: one more than the bound is told to wait, in words; others are not',
    async (url) => {
      const ask = (remoteAddress: string) => portal.app.inject({ url, remoteAddress });
      const statuses = new Set<number>();
      for (let n = 0; n < BOUND; n++) statuses.add((await ask(`2001:db8:1:2::${n.toString(16)}`)).statusCode);
      expect([...statuses]).toEqual([401]); // nobody is at CSAM's address here
      const { statusCode, headers, body } = await ask('2001:db8:1:2:ffff::1');
      expect(statusCode).toBe(429);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
      expect(body).toContain('Wacht een minuut en probeer opnieuw');
      expect((await ask('2001:db8:1:3::1')).statusCode).toBe(401);
    },
  );
});
