import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as staff from '../agency/staff.example.ts';
import { choose, OFFICER, OUTSIDER, RANDWERK, TEMPO, VIEWER } from '../agency/staff.example.ts';
import { OWN, openTestApp, type TestApp } from '../app.ts';

let portal: TestApp;

beforeAll(async () => {
  portal = await openTestApp({ at: '2026-11-23T09:00:00Z' });
  await staff.addAgencies(portal);
});
afterAll(() => portal.close());

beforeEach(async () => {
  await portal.db.query('delete from agency_staff');
  await staff.enter(portal, TEMPO, OFFICER, 'manage');
  await staff.enter(portal, RANDWERK, OFFICER, 'view');
  await staff.enter(portal, RANDWERK, VIEWER, 'view');
});

const get = (url: string, cookie: string, headers = {}) => portal.app.inject({ url, headers: { ...headers, cookie } });

describe('choosing a capacity', () => {
  it('offers himself and every agency he may act for, and no other', async () => {
    const { statusCode, body } = await get('/capacity', await portal.signInAs(OFFICER));
    expect(statusCode).toBe(200);
    expect(body).toContain('value="worker" aria-current="true"');
    expect(body).toContain(`value="${TEMPO}"`);
    expect(body).toContain(`value="${RANDWERK}"`);
    const viewer = (await get('/capacity', await portal.signInAs(VIEWER))).body;
    expect(viewer).toContain(`value="${RANDWERK}"`);
    expect(viewer).not.toContain(TEMPO);
  });

  it('goes on under a new session id, says for whom he acts, and lets him be himself again', async () => {
    const before = await portal.signInAs(OFFICER);
    const taken = await choose(portal, before, TEMPO);
    expect(taken).toMatchObject({ status: 303, to: '/agency' });
    expect(taken.cookie).not.toBe(before);
    expect((await get('/agency/colleagues', before)).headers.location).toMatch(/^\/sign-in/);
    const page = await get('/agency/colleagues', taken.cookie);
    expect([page.statusCode, page.body.includes('Tempo Interim')]).toEqual([200, true]);
    const back = await choose(portal, taken.cookie, 'worker');
    expect(back).toMatchObject({ status: 303, to: '/' });
    expect((await get('/relations', taken.cookie)).statusCode).toBe(303);
    expect((await get('/relations', back.cookie)).statusCode).toBe(200);
  });

  it('of an agency that is not his is refused, and the session stays what it was', async () => {
    const cookie = await portal.signInAs(VIEWER);
    for (const other of [TEMPO, '0566988259', '', 'worker ', '0', "' or 1=1", 'null', 'undefined'])
      expect((await choose(portal, cookie, other)).status, other).toBe(403);
    expect((await get('/relations', cookie)).statusCode).toBe(200);
    const stranger = await portal.signInAs(OUTSIDER);
    expect((await choose(portal, stranger, RANDWERK)).status).toBe(403);
  });

  it('by nobody leads to sign-in, and from another site it is refused', async () => {
    expect((await get('/capacity', '')).headers.location).toMatch(/^\/sign-in/);
    const headers = { 'sec-fetch-site': 'cross-site', cookie: await portal.signInAs(OFFICER) };
    expect((await portal.app.inject({ method: 'POST', url: '/capacity', headers })).statusCode).toBe(403);
    const silent = { ...OWN, cookie: await portal.signInAs(OFFICER) };
    expect((await portal.app.inject({ method: 'POST', url: '/capacity', headers: silent })).statusCode).toBe(403);
  });

  it.each([
    [TEMPO, '/agency/colleagues?said=added', '/agency/colleagues?said=added'],
    [TEMPO, '/relations', '/agency'],
    [TEMPO, '/agencyish', '/agency'],
    [TEMPO, '//evil.example/agency/', '/agency'],
    [TEMPO, 'https://evil.example', '/agency'],
    [TEMPO, '/agency/\\evil.example', '/agency'],
    ['worker', '/relations?type=FLX', '/relations?type=FLX'],
    ['worker', '/agency/colleagues', '/'],
    ['worker', '//evil.example', '/'],
    ['worker', '/\\evil.example', '/'],
  ])('%s with the wish %j goes to %j', async (capacity, wish, to) => {
    const cookie = await portal.signInAs(OFFICER);
    expect(await choose(portal, cookie, capacity, wish)).toMatchObject({ status: 303, to });
  });

  it('needs a strong proof of identity', async () => {
    const cookie = await portal.signInAs(OFFICER);
    await portal.db.query('update sessions set assurance = 300');
    expect((await choose(portal, cookie, TEMPO)).status).toBe(403);
    await portal.db.query('update sessions set assurance = 400');
    const taken = await choose(portal, cookie, TEMPO);
    expect(taken.status).toBe(303);
    expect((await get('/agency/colleagues', taken.cookie)).statusCode).toBe(200);
    await portal.db.query('update sessions set assurance = 300');
    expect((await get('/agency/colleagues', taken.cookie)).statusCode).toBe(403);
    expect((await choose(portal, taken.cookie, 'worker')).status).toBe(303);
  });
});

describe('a capacity', () => {
  it('ends at the next request after the right was taken away', async () => {
    const { cookie } = await choose(portal, await portal.signInAs(OFFICER), TEMPO);
    expect((await get('/agency/colleagues', cookie)).statusCode).toBe(200);
    await portal.db.query('delete from agency_staff where agency_number = $1', [TEMPO]);
    const page = await get('/agency/colleagues', cookie);
    expect([page.statusCode, page.headers.location]).toEqual([303, '/capacity?return=%2Fagency%2Fcolleagues']);
    const data = await get('/agency/colleagues', cookie, { accept: 'application/json' });
    expect(data.statusCode).toBe(403);
    const own = await get('/', cookie);
    expect(own.statusCode).toBe(200);
    expect(own.body).not.toContain('Tempo Interim');
  });

  it('is not the worker himself: his own pages lead to the choice, his data is refused', async () => {
    const { cookie } = await choose(portal, await portal.signInAs(OFFICER), TEMPO);
    const page = await get('/relations?type=EXT', cookie);
    expect([page.statusCode, page.headers.location]).toEqual([303, '/capacity?return=%2Frelations%3Ftype%3DEXT']);
    expect((await get('/relations.json', cookie)).statusCode).toBe(403);
    expect((await get('/relations.csv', cookie)).statusCode).toBe(403);
    const order = { method: 'POST', url: '/overviews', headers: { ...OWN, cookie } } as const;
    expect((await portal.app.inject(order)).headers.location).toBe('/capacity?return=%2Frelations');
  });

  it('is told at sign-in by whoever has a choice', async () => {
    const before = await portal.signInAs(VIEWER);
    expect((await get('/', before)).body).toContain('href="/capacity"');
    expect((await get('/', await portal.signInAs(OUTSIDER))).body).not.toContain('href="/capacity"');
  });
});
