import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { OWN, openTestApp, type TestApp } from '../app.ts';
import { type Neighbours, openNeighbours } from '../deliveries/neighbours.ts';
import { declareFor, makeDelivery, makeOverview } from '../house/routes.arrange.ts';
import { inszNumber } from '../records.ts';
import { AGENT, actAsAgent, BECAUSE, CITIZEN, lookUp, post, SECOND_AGENT } from './support.example.ts';

const OTHER = inszNumber(37);

let near: Neighbours;
let portal: TestApp;
let agent: string;
let citizen: string;
let overviewId: string;
let delivery: string;
beforeAll(async () => {
  near = await openNeighbours();
  portal = await openTestApp({ environment: near.environment });
  await declareFor(portal, CITIZEN);
  citizen = await portal.signInAs(CITIZEN, { familyName: 'Dvořák' });
  overviewId = await makeOverview(portal, citizen);
  agent = await actAsAgent(portal);
});
beforeEach(async () => {
  near.ebox.fail(null);
  near.ebox.book.stored.length = 0;
  await portal.db.query('delete from deliveries; delete from pgboss.job');
  delivery = await makeDelivery(portal, overviewId);
});
afterAll(async () => {
  await portal.close();
  await near.close();
});

const help = async (lookup: string) =>
  (await portal.app.inject({ url: `${lookup}/help`, headers: { cookie: agent } })).body;
const resend = (lookup: string, id = delivery, as = agent) =>
  post(portal, as, `${lookup}/resendings`, { delivery: id });
const acts = async (insz = CITIZEN) =>
  (
    await portal.db.query<{ detail: Record<string, string> }>(
      `select actor_insz, detail from access_rows where purpose = 'support-act' and subject_insz = $1 order by id`,
      [insz],
    )
  ).rows;
const states = async () =>
  (await portal.db.query<{ state: string }>('select state from deliveries order by delivery_id')).rows.map(
    ({ state }) => state,
  );
const jobs = async () => (await portal.db.query(`select data from pgboss.job where name = 'delivery-ebox'`)).rows;

it('the agent reads what was given up, without address or number, and begins it anew', async () => {
  const to = await lookUp(portal, agent, { insz: CITIZEN });
  const body = await help(to);
  expect(body).toContain('Overzicht naar de eBox');
  expect(body).toContain('Opgegeven: na meer dan een halve dag proberen kwam er geen antwoord.');
  expect(body).toContain('Kenmerk DDDDDDDD');
  expect(body).not.toMatch(new RegExp(`${CITIZEN}|@example`));
  const before = (await acts()).length;
  expect(await resend(to)).toMatchObject({ status: 303, to: `${to}/help?done=resend` });
  expect(await states()).toEqual(['waiting']);
  expect(await jobs()).toEqual([{ data: expect.objectContaining({ delivery }) }]);
  expect((await acts()).slice(before)).toEqual([{ actor_insz: AGENT, detail: { act: 'resend', ...BECAUSE } }]);
  const { body: list } = await portal.app.inject({ url: '/access?kind=support', headers: { cookie: citizen } });
  expect(list).toContain('Om een verzending van je overzicht opnieuw te proberen');
  const again = await help(to);
  expect([again.includes('Dit gaat vanzelf.'), again.includes('Verstuur opnieuw')]).toEqual([true, false]);
  await portal.house.jobs.workOff({ early: true });
  expect(await states()).toEqual(['sent']);
  expect(await help(to)).toContain('De voorbije 7 dagen is er niets blijven liggen.');
});

it('what the eBox kept before it died arrives once, though the agent sends it again', async () => {
  await portal.db.query('delete from deliveries');
  const ordered = await portal.app.inject({
    method: 'POST',
    url: `/overviews/${overviewId}/deliveries`,
    headers: { ...OWN, cookie: citizen, 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'channel=ebox',
  });
  const id = String(ordered.headers.location).split('/').at(-1) ?? '';
  near.ebox.fail('die-after', 1);
  await portal.house.jobs.workOff();
  const to = await lookUp(portal, agent, { insz: CITIZEN });
  expect(await help(to)).toContain('De ontvanger antwoordt niet. Al 1 poging.');
  near.ebox.fail('500');
  for (let tries = 0; tries < 40 && (await states())[0] !== 'failed'; tries++)
    await portal.house.jobs.workOff({ early: true });
  near.ebox.fail(null);
  expect((await resend(to, id)).to).toBe(`${to}/help?done=resend`);
  await portal.house.jobs.workOff({ early: true });
  expect(await states()).toEqual(['sent']);
  expect(near.ebox.book.stored).toHaveLength(1);
});

it('what was given up after its overview expired is still there to be sent, as long as it is of use', async () => {
  const to = await lookUp(portal, agent, { insz: CITIZEN });
  await portal.db.query(`update overviews set expires_at = now() - interval '1 minute'`);
  await portal.house.overviewsStore.expire(portal.house.clock.now());
  await portal.db.query(`update deliveries set channel = 'mail'`); // a link would lead nowhere
  expect(await help(to)).toContain('Het overzicht is intussen verlopen.');
  await portal.db.query(`update deliveries set channel = 'ebox'`);
  await resend(to);
  await portal.house.jobs.workOff({ early: true });
  expect([await states(), near.ebox.book.stored.length]).toEqual([['sent'], 1]);
  await portal.db.query(`update overviews set expires_at = now() + interval '1 hour'`);
});

it('a second click, a sending of somebody else and one that never was leave no trace', async () => {
  const to = await lookUp(portal, agent, { insz: CITIZEN });
  await portal.signInAs(OTHER, { familyName: 'Peeters' });
  const toOther = await lookUp(portal, agent, { insz: OTHER });
  const before = [await acts(), await acts(OTHER)];
  for (const [lookup, id] of [
    [toOther, delivery],
    [toOther, 'none'],
    [to, ''],
  ] as const)
    expect((await resend(lookup, id)).to).toBe(`${lookup}/help?done=none-failed`);
  expect([await acts(), await acts(OTHER)]).toEqual(before);
  expect([await states(), await jobs()]).toEqual([['failed'], []]);
  expect(await help(toOther)).not.toContain('DDDDDDDD');
  await resend(to);
  expect((await resend(to)).to).toBe(`${to}/help?done=none-failed`);
  expect(await jobs()).toHaveLength(1);
});

it('nothing is sent in a look-up that ended, by another agent, or without its access row', async () => {
  const to = await lookUp(portal, agent, { insz: CITIZEN });
  const second = await actAsAgent(portal, SECOND_AGENT, 'Wouters');
  expect((await resend(to, delivery, second)).status).toBe(404);
  await portal.db.query('revoke insert on access_rows from portal');
  try {
    expect((await resend(to)).status).toBe(500);
  } finally {
    await portal.db.query('grant insert on access_rows to portal');
  }
  await post(portal, agent, `${to}/closures`);
  expect(await resend(to)).toMatchObject({ status: 303, to });
  expect([await states(), await jobs()]).toEqual([['failed'], []]);
});

it('what more tries do not help has words and no button', async () => {
  const to = await lookUp(portal, agent, { insz: CITIZEN });
  await portal.db.query(`update deliveries set failure = 'not-made'`);
  expect(await help(to)).toMatch(/Het overzicht kon niet gemaakt worden\. Vraag/);
  expect(await help(to)).not.toContain('Verstuur opnieuw');
  await portal.db.query(`update deliveries set failure = 'unavailable', overview_id = 'gone'`);
  expect(await help(to)).toContain('Het overzicht is intussen verlopen.');
  expect(await help(to)).not.toContain('Verstuur opnieuw');
  await portal.db.query(`update deliveries set ordered_at = ordered_at - interval '9 days'`);
  expect(await help(to)).toContain('De voorbije 7 dagen is er niets blijven liggen.');
});
