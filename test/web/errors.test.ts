import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openTestApp, type TestApp } from '../app.ts';

let portal: TestApp;
beforeAll(async () => {
  portal = await openTestApp();
});
afterAll(() => portal.close());

it('a portal that cannot draw its pages still answers, with a reference and nothing of its inside', async () => {
  vi.spyOn(portal.app, 'view').mockRejectedValue(new TypeError('secret inside'));
  for (const url of ['/', '/no-such-page']) {
    const answer = await portal.app.inject({ url });
    expect(answer.statusCode, url).toBe(500);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.body).toMatch(/^Interim@work: 500\n[\w-]{8,}\n$/);
  }
});
