import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '../app.ts';
import { temp } from '../declarations/intake.example.ts';
import { type Neighbours, openNeighbours } from '../deliveries/neighbours.ts';
import { inszNumber } from '../records.ts';
import { AGENT, actAsAgent, BECAUSE, CITIZEN, lookUp, post } from './support.example.ts';

const NOW = '2026-11-23T09:00:00Z';
const TEMPO = '0403449823';
const OTHER = inszNumber(38);

let near: Neighbours;
let portal: TestApp;
let agent: string;
let citizen: string;
let mailsBefore: number;
beforeAll(async () => {
  near = await openNeighbours();
  portal = await openTestApp({ at: NOW, environment: near.environment });
  await portal.db.query(
    `insert into enterprises (enterprise_number, name, kind) values ($1, 'Tempo Interim', 'agency')`,
    [TEMPO],
  );
  citizen = await portal.signInAs(CITIZEN, { familyName: 'Dvořák' });
  await portal.signInAs(OTHER, { familyName: 'Peeters' });
  agent = await actAsAgent(portal);
});
beforeEach(async () => {
  near.ebox.fail(null);
  near.mailbox.fail(null);
  mailsBefore = near.mailbox.arrived.length;
  near.ebox.book.stored.length = 0;
  await portal.db.query('delete from notices; delete from notice_bundles; delete from pgboss.job');
  await portal.db.query(
    `insert into worker_addresses (worker_id, address, language, confirmed_at)
     select worker_id, 'dvorak@mail.example', 'nl', now() from worker_numbers where insz = $1 on conflict do nothing`,
    [CITIZEN],
  );
});
afterAll(async () => {
  await portal.close();
  await near.close();
});

let days = 0;
/** A declaration of which the citizen wants to hear by this way. */
async function toldBy(channel: 'mail' | 'ebox'): Promise<void> {
  await portal.app.inject({
    method: 'POST',
    url: '/notices',
    headers: { 'sec-fetch-site': 'same-origin', cookie: citizen, 'content-type': 'application/x-www-form-urlencoded' },
    payload: `${channel}-declared=yes`,
  });
  const startDate = new Date(Date.UTC(2026, 11, 1 + days++)).toISOString().slice(0, 10);
  const about = { employer: { enterpriseNumber: TEMPO }, worker: { insz: CITIZEN }, receivedAt: NOW };
  const declaration = temp({ ...about, startDate, endDate: startDate });
  await portal.house.intake.receive([{ declaration, sourceKey: null }], { channel: 'service', now: NOW });
}
async function toTheEnd(): Promise<void> {
  while ((await portal.house.jobs.workOff({ early: true })) > 0);
}
const help = async (lookup: string) =>
  (await portal.app.inject({ url: `${lookup}/help`, headers: { cookie: agent } })).body;
const arrived = () => near.mailbox.arrived.slice(mailsBefore);
const idIn = (body: string) => /name="notice" value="([\w-]+)"/.exec(body)?.[1] ?? '';
const lost = async () =>
  (await portal.db.query('select failure from notice_bundles where failed_at is not null')).rows.map(
    ({ failure }) => failure,
  );

describe('notices that were given up', () => {
  it('by mail: the agent reads why, not what they tell, and begins them anew under the same Message-ID', async () => {
    near.mailbox.fail('4xx');
    await toldBy('mail');
    await toTheEnd();
    expect(await lost()).toEqual(['unavailable']);
    const to = await lookUp(portal, agent, { insz: CITIZEN });
    const body = await help(to);
    expect(body).toContain('Bericht met e-mail');
    expect(body).toContain('Opgegeven: na meer dan een halve dag proberen kwam er geen antwoord.');
    expect(body).not.toMatch(new RegExp(`${CITIZEN}|dvorak|Tempo`));
    const id = idIn(body);
    near.mailbox.fail(null);
    expect(await post(portal, agent, `${to}/resendings`, { notice: id })).toMatchObject({
      to: `${to}/help?done=resend`,
    });
    const acts = await portal.db.query(
      `select actor_insz, detail from access_rows where purpose = 'support-act' and subject_insz = $1`,
      [CITIZEN],
    );
    expect(acts.rows).toEqual([{ actor_insz: AGENT, detail: { act: 'resend-notice', ...BECAUSE } }]);
    const { body: list } = await portal.app.inject({ url: '/access?kind=support', headers: { cookie: citizen } });
    expect(list).toContain('Om een bericht aan jou opnieuw te versturen');
    await toTheEnd();
    expect(arrived().map(({ mail }) => mail.messageId)).toEqual([expect.stringContaining(id)]);
    expect(await help(to)).toContain('De voorbije 7 dagen is er niets blijven liggen.');
  });

  it('to the eBox: what it refused for good says so, and comes once however often it is sent again', async () => {
    near.ebox.fail('digest');
    await toldBy('ebox');
    await toTheEnd();
    expect(await lost()).toEqual(['refused']);
    near.ebox.fail(null);
    const to = await lookUp(portal, agent, { insz: CITIZEN });
    const body = await help(to);
    expect(body).toMatch(/Bericht naar de eBox[\s\S]*De ontvanger weigerde het/);
    await post(portal, agent, `${to}/resendings`, { notice: idIn(body) });
    const again = await post(portal, agent, `${to}/resendings`, { notice: idIn(body) });
    expect(again.to).toBe(`${to}/help?done=none-failed`);
    await toTheEnd();
    expect([near.ebox.book.stored.length, await lost()]).toEqual([1, []]);
  });

  it('for want of an address: said, and sent once there is one', async () => {
    await toldBy('mail');
    const { rows } = await portal.db.query('delete from worker_addresses returning *');
    await toTheEnd();
    const to = await lookUp(portal, agent, { insz: CITIZEN });
    const body = await help(to);
    expect(body).toContain('Er is geen bevestigd e-mailadres.');
    await post(portal, agent, `${to}/resendings`, { notice: idIn(body) });
    await toTheEnd();
    expect(await lost()).toEqual(['no-address']);
    await portal.db.query(
      'insert into worker_addresses select * from jsonb_populate_recordset(null::worker_addresses, $1)',
      [JSON.stringify(rows)],
    );
    await post(portal, agent, `${to}/resendings`, { notice: idIn(body) });
    await toTheEnd();
    expect([arrived().length, await lost()]).toEqual([1, []]);
  });

  it('of somebody else, or of none, are begun anew by nobody', async () => {
    near.ebox.fail('digest');
    await toldBy('ebox');
    await toTheEnd();
    const id = idIn(await help(await lookUp(portal, agent, { insz: CITIZEN })));
    const toOther = await lookUp(portal, agent, { insz: OTHER });
    expect(await help(toOther)).not.toContain(id);
    for (const notice of [id, 'none', ''])
      expect((await post(portal, agent, `${toOther}/resendings`, { notice })).to).toBe(
        `${toOther}/help?done=none-failed`,
      );
    expect(await lost()).toEqual(['refused']);
    await portal.db.query(`update notice_bundles set failed_at = failed_at - interval '9 days'`);
    expect(await help(await lookUp(portal, agent, { insz: CITIZEN }))).not.toContain(id);
  });
});
