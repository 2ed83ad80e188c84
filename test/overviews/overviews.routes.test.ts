import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOST_KEPT } from '../../src/overviews/overview.ts';
import { OWN, openTestApp, type TestApp } from '../app.ts';

let portal: TestApp;
beforeAll(async () => {
  portal = await openTestApp({ at: '2026-11-23T09:00:00Z' });
});
afterAll(() => portal.close());

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const order = (headers: Record<string, string>, payload = '') =>
  portal.app.inject({ method: 'POST', url: '/overviews', headers: { ...OWN, ...FORM, ...headers }, payload });

describe('ordering an overview', () => {
  it('after the session ended comes back, once signed in, to the list with its filter', async () => {
    const { statusCode, headers } = await order({}, 'type=FLX&type=STU&verdict=late&sections=list&language=fr');
    const back = encodeURIComponent('/relations?type=FLX&type=STU&verdict=late');
    expect([statusCode, headers.location]).toEqual([303, `/sign-in?return=${back}`]);
  });

  it('is refused for a while when as many are kept as may be, and taken up again when they expired', async () => {
    const cookie = await portal.signInAs('85073003328');
    expect((await order({ cookie })).statusCode).toBe(303);
    await portal.house.overviews.settled();
    await portal.db.query(
      `insert into overviews (overview_id, worker_id, requested_at, expires_at, language, filter, sections, full_insz, state)
       select 'copy' || n, worker_id, requested_at, expires_at, language, filter, sections, full_insz, state
       from overviews, generate_series(2, $1) n`,
      [MOST_KEPT],
    );
    const refused = await order({ cookie });
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '3600']);
    expect(refused.body).toContain('Probeer het over een uur opnieuw');
    await portal.db.query(`update overviews set expires_at = '2026-11-23T08:59:59Z' where overview_id = 'copy2'`);
    expect((await order({ cookie })).statusCode).toBe(303);
    await portal.house.overviews.settled();
  });
});

it('the language can be chosen on a page that does not exist, too', async () => {
  const { statusCode, headers } = await portal.app.inject({ url: '/nothing-here?lang=fr&x=1' });
  expect([statusCode, headers.location]).toEqual([303, '/nothing-here?x=1']);
  expect(headers['set-cookie']).toContain('lang=fr');
});
