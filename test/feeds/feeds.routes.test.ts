import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOST_FEEDS } from '../../src/feeds/feed.ts';
import { OWN, openTestApp, type TestApp } from '../app.ts';
import { declareFor, makeFeed, OWNER, STRANGER } from '../house/routes.arrange.ts';

let portal: TestApp;
let cookie: string;
let periodId: string;
let feed: { feedId: string; secret: string };

beforeAll(async () => {
  portal = await openTestApp({ at: '2026-11-23T09:00:00Z' });
  cookie = await portal.signInAs(OWNER);
  periodId = await declareFor(portal, OWNER);
  feed = await makeFeed(portal, cookie);
});
afterAll(() => portal.close());

const get = (url: string, headers = {}) => portal.app.inject({ url, headers });
const post = (url: string, who: string) => portal.app.inject({ method: 'POST', url, headers: { ...OWN, cookie: who } });
const rows = async () => (await portal.db.query(`select * from access_rows where purpose = 'feed'`)).rows;

describe('a feed', () => {
  it('is read without a session by who has its secret, and kept by no cache', async () => {
    const { statusCode, headers, body } = await get(`/feeds/${feed.secret}.ics`);
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    expect(body).toContain(`UID:${periodId}@interim-at-work`);
    for (const hidden of [OWNER, 'Dvořák', 'Łukasz']) expect(body).not.toContain(hidden);
  });

  it('is not sent again to who has it already', async () => {
    const { headers } = await get(`/feeds/${feed.secret}.ics`);
    const again = await get(`/feeds/${feed.secret}.ics`, { 'if-none-match': headers.etag });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it('leaves one row a day that the worker finds, without its secret', async () => {
    await get(`/feeds/${feed.secret}.ics`);
    const found = await rows();
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ actor_kind: 'system', actor_insz: null, subject_insz: OWNER, channel: 'ics' });
    expect(JSON.stringify(found)).not.toContain(feed.secret);
    const { body } = await get('/access', { cookie, 'accept-language': 'en' });
    expect(body).toContain('A calendar with your secret address');
  });

  it('has a secret of 256 bits, of which only the hash is kept', async () => {
    expect(Buffer.from(feed.secret, 'base64url')).toHaveLength(32);
    const { rows: kept } = await portal.db.query('select * from feeds');
    expect(kept[0].secret_hash.equals(createHash('sha256').update(feed.secret).digest())).toBe(true);
    expect(JSON.stringify(kept)).not.toContain(feed.secret);
  });

  it('that nobody has is not found', async () => {
    for (const secret of ['x', feed.secret.slice(1), `${feed.secret}A`, feed.feedId])
      expect((await get(`/feeds/${secret}.ics`)).statusCode, secret).toBe(404);
  });
});

describe('the page of feeds', () => {
  it('shows the address to the browser that made it, and to nobody else', async () => {
    const shown = await get('/feeds', { cookie: `${cookie}; feed=${feed.secret}` });
    expect(shown.body).toContain(`/feeds/${feed.secret}.ics`);
    expect((await get('/feeds', { cookie })).body).not.toContain(feed.secret);
    const stranger = await portal.signInAs(STRANGER);
    expect((await get('/feeds', { cookie: `${stranger}; feed=${feed.secret}` })).body).not.toContain(feed.secret);
  });

  it('ends a feed for good, of the worker’s own only', async () => {
    const stranger = await portal.signInAs(STRANGER);
    expect((await post(`/feeds/${feed.feedId}/revocation`, stranger)).statusCode).toBe(404);
    expect((await get(`/feeds/${feed.secret}.ics`)).statusCode).toBe(200);
    expect((await post(`/feeds/${feed.feedId}/revocation`, cookie)).statusCode).toBe(303);
    expect((await get(`/feeds/${feed.secret}.ics`)).statusCode).toBe(404);
    expect((await post(`/feeds/${feed.feedId}/revocation`, cookie)).statusCode).toBe(404);
  });

  it('makes so many and no more, however fast they are asked for', async () => {
    const answers = await Promise.all(Array.from({ length: MOST_FEEDS + 3 }, () => post('/feeds', cookie)));
    expect(new Set(answers.map(({ headers }) => headers.location))).toEqual(new Set(['/feeds']));
    expect(answers.filter(({ headers }) => headers['set-cookie'] !== undefined)).toHaveLength(MOST_FEEDS);
    expect((await get('/feeds', { cookie })).body).toContain('meer kan niet. Trek er eerst een in');
  });
});
