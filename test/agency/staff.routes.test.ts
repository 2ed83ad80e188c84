import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../app.ts';
import * as staff from './staff.example.ts';
import { actFor, keyOf, OFFICER, OUTSIDER, post, RANDWERK, rightOf, SECOND, TEMPO, VIEWER } from './staff.example.ts';

let portal: TestApp;
let officer: string;

beforeAll(async () => {
  portal = await openTestApp({ at: '2026-11-23T09:00:00Z' });
  await staff.addAgencies(portal);
});
afterAll(() => portal.close());

beforeEach(async () => {
  await portal.db.query('delete from agency_staff');
  await portal.db.query('delete from sessions');
  await staff.enter(portal, TEMPO, OFFICER, 'manage');
  await staff.enter(portal, TEMPO, VIEWER, 'view');
  await staff.enter(portal, RANDWERK, OUTSIDER, 'manage');
  officer = await actFor(portal, TEMPO, OFFICER, 'Peeters');
});

const get = (url: string, cookie = officer) => portal.app.inject({ url, headers: { cookie } });
const accessAbout = async (insz: string) =>
  (
    await portal.db.query(
      `select actor_kind, actor_insz, actor_agency, channel, detail from access_rows
       where purpose = 'staff' and (subject_insz = $1 or $1 = any(subjects)) order by id desc limit 1`,
      [insz],
    )
  ).rows[0];

describe('the list of colleagues', () => {
  it('names who is known, masks the rest, and never holds a national number or a worker’s key', async () => {
    const { statusCode, body } = await get('/agency/colleagues');
    expect(statusCode).toBe(200);
    expect(body).toContain('An Peeters');
    expect(body).toContain(`••.••.••-•••.${VIEWER.slice(9)}`);
    for (const insz of [OFFICER, VIEWER, OUTSIDER]) expect(body).not.toContain(insz);
    expect(body).not.toContain(await keyOf(portal, OUTSIDER, RANDWERK));
    expect(body).toContain('href="/agency/colleagues" aria-current="page"');
  });

  it('tells nobody the name behind a number: a colleague has the name he was given until he chose the capacity', async () => {
    await portal.signInAs(SECOND, { givenName: 'Secret', familyName: 'Person' });
    await post(portal, officer, '/agency/colleagues', { insz: SECOND, right: 'view', givenName: 'Bram' });
    expect((await get('/agency/colleagues')).body).toContain('>Bram<');
    expect((await get('/agency/colleagues')).body).not.toContain('Secret');
    await actFor(portal, TEMPO, SECOND, 'Person');
    expect((await get('/agency/colleagues')).body).toContain('An Person');
  });

  it('leaves one access row with those who were shown', async () => {
    await get('/agency/colleagues');
    expect(await accessAbout(VIEWER)).toMatchObject({ actor_insz: OFFICER, actor_agency: TEMPO, channel: 'screen' });
  });

  it('is for officers: whoever may less is refused, whoever is somebody else is led on', async () => {
    const viewer = await actFor(portal, TEMPO, VIEWER, 'Jacobs');
    const worker = await portal.signInAs(SECOND);
    const pages = ['/agency/colleagues', `/agency/colleagues/${await keyOf(portal, VIEWER)}`];
    for (const url of [...pages, `${pages[1]}/removal`]) {
      expect((await get(url, viewer)).statusCode, url).toBe(403);
      expect((await get(url, worker)).statusCode, url).toBe(403);
      expect((await get(url, '')).headers.location, url).toBe(`/sign-in?return=${encodeURIComponent(url)}`);
    }
    for (const url of ['/agency/colleagues', '/agency/colleagues/rights', '/agency/colleagues/removals'])
      expect((await post(portal, viewer, url, { colleague: await keyOf(portal, OFFICER) })).status).toBe(403);
    expect(await rightOf(portal, OFFICER)).toBe('manage');
  });

  it('says what happened, and what it does not know it does not say', async () => {
    expect((await get('/agency/colleagues?said=added')).body).toContain('role="status"');
    for (const said of ['nonsense', 'insz&said=added', '%00'])
      expect((await get(`/agency/colleagues?said=${said}`)).statusCode).toBe(200);
  });
});

describe('adding', () => {
  it('lets somebody in by any spelling of his number, with an access row about him', async () => {
    const spelled = SECOND.replace(/^(..)(..)(..)(...)(..)$/, '$1.$2.$3-$4.$5');
    const fields = { insz: ` ${spelled} `, right: 'declare', familyName: 'De  Smet' };
    expect(await post(portal, officer, '/agency/colleagues', fields)).toEqual({
      status: 303,
      to: '/agency/colleagues?said=added',
    });
    expect(await rightOf(portal, SECOND)).toBe('declare');
    expect(await accessAbout(SECOND)).toMatchObject({
      actor_insz: OFFICER,
      detail: { act: 'added', right: 'declare', agency: TEMPO },
    });
    const { body } = await get('/agency/colleagues');
    expect(body).toContain('De Smet');
  });

  it('works for who is signed in already, at his next request', async () => {
    const cookie = await portal.signInAs(SECOND);
    expect((await get('/', cookie)).body).not.toContain('/capacity');
    await post(portal, officer, '/agency/colleagues', { insz: SECOND, right: 'view' });
    expect((await get('/', cookie)).body).toContain('/capacity');
  });

  it.each([
    ['12345678901', 'view', 'insz'],
    ['', 'view', 'insz'],
    ['nonsense', 'view', 'insz'],
    ['\u0000', 'view', 'insz'],
    [SECOND, 'rule', 'right'],
    [SECOND, '', 'right'],
    [VIEWER, 'manage', 'known'],
    [OFFICER, 'view', 'known'],
  ])('of %j with right %j only says %s', async (insz, right, said) => {
    const told = await post(portal, officer, '/agency/colleagues', { insz, right });
    expect(told).toEqual({ status: 303, to: `/agency/colleagues?said=${said}` });
    expect([await rightOf(portal, SECOND), await rightOf(portal, VIEWER)]).toEqual([null, 'view']);
  });
});

describe('changing and removing', () => {
  it('asks on a page of its own, without a script, and then it is done', async () => {
    const key = await keyOf(portal, VIEWER);
    expect((await get(`/agency/colleagues/${key}`)).body).toContain(`/agency/colleagues/${key}/removal`);
    const asks = (await get(`/agency/colleagues/${key}/removal`)).body;
    expect(asks).toContain(`name="colleague" value="${key}"`);
    expect(await rightOf(portal, VIEWER)).toBe('view');
    expect(await post(portal, officer, '/agency/colleagues/removals', { colleague: key })).toMatchObject({
      to: '/agency/colleagues?said=removed',
    });
    expect(await rightOf(portal, VIEWER)).toBeNull();
    expect(await accessAbout(VIEWER)).toMatchObject({ detail: { act: 'removed', agency: TEMPO } });
  });

  it('works at the colleague’s next request', async () => {
    await post(portal, officer, '/agency/colleagues', { insz: SECOND, right: 'manage' });
    const second = await actFor(portal, TEMPO, SECOND, 'Jacobs');
    expect((await get('/agency/colleagues', second)).statusCode).toBe(200);
    const key = await keyOf(portal, SECOND);
    await post(portal, officer, '/agency/colleagues/rights', { colleague: key, right: 'declare' });
    expect((await get('/agency/colleagues', second)).statusCode).toBe(403);
    await post(portal, officer, '/agency/colleagues/rights', { colleague: key, right: 'manage' });
    expect((await get('/agency/colleagues', second)).statusCode).toBe(200);
    await post(portal, officer, '/agency/colleagues/removals', { colleague: key });
    const after = await get('/agency/colleagues', second);
    expect([after.statusCode, after.headers.location]).toEqual([303, '/capacity?return=%2Fagency%2Fcolleagues']);
    expect((await get('/relations', second)).statusCode).toBe(200);
  });

  it('of a colleague of another agency is as of nobody', async () => {
    const theirs = await keyOf(portal, OUTSIDER, RANDWERK);
    for (const key of [theirs, '00000000-0000-4000-8000-000000000000', "'; --", 'x'.repeat(150)]) {
      for (const url of [
        `/agency/colleagues/${encodeURIComponent(key)}`,
        `/agency/colleagues/${encodeURIComponent(key)}/removal`,
      ])
        expect((await get(url)).statusCode, url).toBe(404);
      expect((await post(portal, officer, '/agency/colleagues/removals', { colleague: key })).status).toBe(404);
      const asked = { colleague: key, right: 'view' };
      expect((await post(portal, officer, '/agency/colleagues/rights', asked)).status).toBe(404);
    }
    expect(await rightOf(portal, OUTSIDER, RANDWERK)).toBe('manage');
  });

  it('never leaves the agency without an officer', async () => {
    const own = await keyOf(portal, OFFICER);
    expect((await get(`/agency/colleagues/${own}`)).body).not.toContain('<form method="post" action="/agency');
    const { to } = await post(portal, officer, '/agency/colleagues/removals', { colleague: own });
    expect(to).toBe('/agency/colleagues?said=last');
    expect((await get('/agency/colleagues?said=last')).body).toContain('Geef eerst iemand anders dat recht');
    const lowered = await post(portal, officer, '/agency/colleagues/rights', { colleague: own, right: 'declare' });
    expect(lowered.to).toBe('/agency/colleagues?said=last');
    expect(await rightOf(portal, OFFICER)).toBe('manage');
  });

  it('lets an officer step down when another one is there', async () => {
    await staff.enter(portal, TEMPO, SECOND, 'manage');
    const own = await keyOf(portal, OFFICER);
    const lowered = await post(portal, officer, '/agency/colleagues/rights', { colleague: own, right: 'view' });
    expect(lowered).toEqual({ status: 303, to: '/capacity' });
    expect((await get('/agency/colleagues')).statusCode).toBe(403);
  });

  it('leaves one officer when two take each other off at once, whichever way', async () => {
    for (let round = 0; round < 12; round++) {
      await portal.db.query('delete from agency_staff');
      await staff.enter(portal, TEMPO, OFFICER, 'manage');
      await staff.enter(portal, TEMPO, SECOND, 'manage');
      const [first, second] = [
        await actFor(portal, TEMPO, OFFICER, 'Peeters'),
        await actFor(portal, TEMPO, SECOND, 'Jacobs'),
      ];
      const keys = [await keyOf(portal, OFFICER), await keyOf(portal, SECOND)] as const;
      const takeOff = (cookie: string, colleague: string) =>
        round % 2 === 0
          ? post(portal, cookie, '/agency/colleagues/removals', { colleague })
          : post(portal, cookie, '/agency/colleagues/rights', { colleague, right: 'view' });
      const cross = round % 3 === 2;
      const answers = await Promise.all([takeOff(first, keys[cross ? 0 : 1]), takeOff(second, keys[cross ? 1 : 0])]);
      const statuses = answers.map(({ status }) => status).sort();
      expect([303, statuses[1]]).toEqual(statuses);
      expect([303, 403, 409]).toContain(statuses[1]);
      expect(
        [await rightOf(portal, OFFICER), await rightOf(portal, SECOND)].filter((r) => r === 'manage'),
      ).toHaveLength(1);
    }
  });

  it('once only when pressed twice at once', async () => {
    const key = await keyOf(portal, VIEWER);
    const press = () => post(portal, officer, '/agency/colleagues/removals', { colleague: key });
    expect((await Promise.all([press(), press()])).map(({ status }) => status).sort()).toEqual([303, 404]);
    const add = () => post(portal, officer, '/agency/colleagues', { insz: SECOND, right: 'view' });
    const said = (await Promise.all([add(), add(), add()])).map(({ to }) => to).sort();
    expect(said.map((to) => String(to).split('=')[1])).toEqual(['added', 'known', 'known']);
  });
});
