import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mask } from '../../src/platform/log.ts';
import { openTestApp, type TestApp } from '../app.ts';
import { declareFor, makeReport } from '../house/routes.arrange.ts';
import { inszNumber } from '../records.ts';
import { AGENT, actAsAgent, BECAUSE, CITIZEN, lookUp, post, SECOND_AGENT } from './support.example.ts';

const NAMESAKES = [inszNumber(34), inszNumber(35)] as const;

let portal: TestApp;
let agent: string;
let lines: string;
let periodId: string;
let reportId: string;

beforeAll(async () => {
  lines = '';
  const log = { write: (line: string) => (lines += line) } as unknown as NodeJS.WritableStream;
  portal = await openTestApp({ at: '2026-11-23T09:00:00Z', log });
  periodId = await declareFor(portal, CITIZEN);
  for (const [insz, family] of [
    [CITIZEN, 'Dvořák'],
    [NAMESAKES[0], 'Peeters'],
    [NAMESAKES[1], 'Peeters'],
  ] as const)
    await portal.signInAs(insz, { givenName: 'Łukasz', familyName: family });
  await portal.db.query(`update workers set birth_date = '1980-01-01'`);
  ({ reportId } = await makeReport(portal, await portal.signInAs(CITIZEN, { familyName: 'Dvořák' })));
  agent = await actAsAgent(portal);
});
afterAll(() => portal.close());
beforeEach(async () => {
  await portal.db.query('update support_agents set failed = 0, failing_since = null, locked_at = null');
});

const get = (url: string, cookie = agent) => portal.app.inject({ url, headers: { cookie } });
const rowsOf = async (purpose: string, insz = CITIZEN) =>
  (
    await portal.db.query<{ actor_insz: string; detail: Record<string, string> }>(
      'select actor_kind, actor_insz, detail from access_rows where purpose = $1 and subject_insz = $2 order by id',
      [purpose, insz],
    )
  ).rows;

describe('a look-up', () => {
  it('opens by number, and by name and birth date whatever the accents, for fifteen minutes and with its row', async () => {
    for (const whom of [
      { insz: CITIZEN.replace(/^(\d\d)(\d\d)/, '$1.$2.') },
      { familyName: ' dvorak ', birthDate: '1980-01-01' },
    ]) {
      const before = (await rowsOf('support-lookup')).length;
      const to = await lookUp(portal, agent, whom);
      expect(to).toMatch(/^\/support\/lookups\/[\w-]{22,}$/);
      expect((await rowsOf('support-lookup')).slice(before)).toEqual([
        { actor_kind: 'support', actor_insz: AGENT, detail: { reason: 'sign-in', caseNumber: 'C-2026/118' } },
      ]);
    }
    const { rows } = await portal.db.query(
      `select distinct ends_at - opened_at = interval '15 minutes' as ok from support_lookups`,
    );
    expect(rows).toEqual([{ ok: true }]);
  });

  it('shows the pages of the citizen, each under the bar and each with its row', async () => {
    const to = await lookUp(portal, agent, { insz: CITIZEN });
    const pages = [
      '',
      '/relations',
      '/relations?year=2026',
      '/relations/calendar',
      '/relations/calendar/2026-11',
      `/relations/${periodId}`,
      '/reports',
      `/reports/${reportId}`,
      '/help',
    ];
    for (const page of pages) {
      const before = (await rowsOf('support-view')).length;
      const { statusCode, body } = await get(to + page);
      expect(statusCode, page).toBe(200);
      expect(body, page).toContain('Je bekijkt Łukasz Dvořák');
      expect(body, page).toContain('Reden: Aanmelden lukt niet, dossier C-2026/118. De burger ziet dit.');
      expect(body, page).not.toContain(CITIZEN);
      expect((await rowsOf('support-view')).slice(before), page).toMatchObject([
        { actor_insz: AGENT, detail: { ...BECAUSE } },
      ]);
      // every way on stays inside: no own page of the citizen, nothing to take along
      const ways = [...body.matchAll(/(?:href|action)="(\/[^"#?]*)/g)].map((found) => found[1] ?? '');
      const outside = ways.filter(
        (way) =>
          !way.startsWith(to) && !/^\/(assets|help|accessibility|privacy|verify|support|capacity|sign-out)/.test(way),
      );
      expect(
        [...new Set(outside)].filter((way) => way !== '/' && way + page !== to + page),
        page,
      ).toEqual([]);
    }
    expect((await get(`${to}/relations`)).body).not.toMatch(/\.csv|\.json|overviews/);
  });

  it('stands in the list of the citizen with its reason, and names no agent', async () => {
    await lookUp(portal, agent, { insz: CITIZEN });
    const { body } = await get('/access?kind=support', await portal.signInAs(CITIZEN, { familyName: 'Dvořák' }));
    expect(body).toContain('De helpdesk zocht je op.');
    expect(body).toContain('Reden: Aanmelden lukt niet');
    expect(body).toContain('Dossier C-2026/118');
    expect(body).not.toContain('Claes');
  });

  it.each([
    ['an unknown number', { insz: inszNumber(77) }],
    ['an unknown name', { familyName: 'Nobody', birthDate: '1980-01-01' }],
    ['another birth date', { familyName: 'Dvořák', birthDate: '1980-01-02' }],
    ['two of that name and day', { familyName: 'Peeters', birthDate: '1980-01-01' }],
    ['a pattern', { familyName: 'Dvo%', birthDate: '1980-01-01' }],
  ])('of %s leads to nobody, with one and the same answer', async (_, whom) => {
    expect(await lookUp(portal, agent, whom)).toBe('/support?said=nobody');
    expect((await get('/support?said=nobody')).body).toContain('1 opzoeking zonder resultaat');
  });

  it.each([
    ['insz', { insz: '12345678901' }],
    ['who', {}],
    ['name', { familyName: 'x', birthDate: '1980-01-01' }],
    ['born', { familyName: 'Dvořák', birthDate: '2080-01-01' }],
    ['reason', { insz: CITIZEN, reason: 'curiosity' }],
    ['case', { insz: CITIZEN, caseNumber: '' }],
    ['case', { insz: CITIZEN, caseNumber: `about ${CITIZEN}` }],
    ['case', { insz: CITIZEN, caseNumber: '80.01.01-033.12' }],
  ])('is not made of what is typed wrong: %s %j', async (said, fields) => {
    expect(await lookUp(portal, agent, fields)).toBe(`/support?said=${said}`);
  });

  it('of himself is refused', async () => {
    expect(await lookUp(portal, agent, { insz: AGENT })).toBe('/support?said=self');
    expect(await rowsOf('support-lookup', AGENT)).toEqual([]);
  });

  it('ends by time and by hand, and is nobody else’s', async () => {
    const to = await lookUp(portal, agent, { insz: CITIZEN });
    const second = await actAsAgent(portal, SECOND_AGENT, 'Wouters');
    for (const url of [to, `${to}/relations`, `${to}/help`, '/support/lookups/AAAAAAAAAAAAAAAAAAAAAA'])
      expect((await get(url, second)).statusCode, url).toBe(404);
    expect((await post(portal, second, `${to}/session-endings`)).status).toBe(404);
    await post(portal, second, `${to}/closures`);
    expect((await get(to)).statusCode).toBe(200);
    await portal.db.query(`update support_lookups set ends_at = '2026-11-23T09:00:00Z'`);
    const over = await get(`${to}/relations`);
    expect([over.statusCode, over.body.includes('Deze opzoeking is afgelopen'), over.body.includes('Tempo')]).toEqual([
      410,
      true,
      false,
    ]);
    const again = await lookUp(portal, agent, { insz: CITIZEN });
    expect(await post(portal, agent, `${again}/closures`)).toMatchObject({ status: 303, to: '/support?said=closed' });
    expect((await get(again)).statusCode).toBe(410);
  });

  it('ends the citizen’s sessions, which stands in his list', async () => {
    const his = await portal.signInAs(CITIZEN, { familyName: 'Dvořák' });
    const to = await lookUp(portal, agent, { insz: CITIZEN });
    expect((await get('/relations', his)).statusCode).toBe(200);
    expect(await post(portal, agent, `${to}/session-endings`)).toMatchObject({
      status: 303,
      to: `${to}/help?done=end-sessions`,
    });
    expect((await get('/relations', his)).statusCode).toBe(303);
    expect((await rowsOf('support-act')).at(-1)).toMatchObject({ detail: { act: 'end-sessions', ...BECAUSE } });
    expect((await get(`${to}/help?done=end-sessions`)).body).toContain('Alle aanmeldingen zijn beëindigd.');
    expect((await get('/access', await portal.signInAs(CITIZEN, { familyName: 'Dvořák' }))).body).toContain(
      'Al je aanmeldingen werden beëindigd',
    );
  });
});

it('lifts a block on the citizen’s paper token by way of the room of keys, and says when there was none', async () => {
  const to = await lookUp(portal, agent, { insz: CITIZEN });
  expect(await post(portal, agent, `${to}/unlockings`)).toMatchObject({ status: 303, to: `${to}/help?done=nothing` });
  expect((await get(`${to}/help?done=nothing`)).body).toContain('Er was geen blokkering om op te heffen.');
  await portal.db.query(
    `insert into key_accounts (worker_id, user_name, user_key, password, made_at, password_at)
     select worker_id, 'lukasz', 'lukasz', 'x', now(), now() from worker_numbers where insz = $1`,
    [CITIZEN],
  );
  await portal.db.query(
    `insert into token_cards (card_id, worker_id, state, asked, wrong, codes, issued_at, activated_at)
     select 'c1', worker_id, 'active', 1, 2, array_fill('x'::text, array[24]), now(), now() from worker_numbers where insz = $1`,
    [CITIZEN],
  );
  expect((await post(portal, agent, `${to}/unlockings`)).to).toBe(`${to}/help?done=unlock`);
  expect((await portal.db.query('select wrong from token_cards')).rows).toEqual([{ wrong: 0 }]);
  expect((await rowsOf('support-act')).at(-1)).toMatchObject({ detail: { act: 'unlock', ...BECAUSE } });
  expect((await rowsOf('keys')).at(-1)).toMatchObject({
    actor_kind: 'support',
    actor_insz: AGENT,
    detail: { act: 'unlocked' },
  });
  const second = await actAsAgent(portal, SECOND_AGENT, 'Wouters');
  expect((await post(portal, second, `${to}/unlockings`)).status).toBe(404);
});

describe('the desk fails closed', () => {
  it('and gives nothing, opens nothing and ends nothing where no access row can be written', async () => {
    const to = await lookUp(portal, agent, { insz: CITIZEN });
    const his = await portal.signInAs(CITIZEN, { familyName: 'Dvořák' });
    const count = async () => (await portal.db.query('select count(*)::int as n from support_lookups')).rows[0].n;
    const before = await count();
    await portal.db.query('revoke insert on access_rows from portal');
    try {
      for (const url of [
        to,
        `${to}/relations`,
        `${to}/relations/calendar`,
        `${to}/relations/${periodId}`,
        `${to}/help`,
      ]) {
        const { statusCode, body } = await get(url);
        expect([statusCode, /Dvořák|Tempo|De Zwaan/.test(body)], url).toEqual([500, false]);
      }
      expect((await post(portal, agent, '/support/lookups', { ...BECAUSE, insz: CITIZEN })).status).toBe(500);
      expect((await post(portal, agent, `${to}/session-endings`)).status).toBe(500);
      expect(await count()).toBe(before);
    } finally {
      await portal.db.query('grant insert on access_rows to portal');
    }
    expect((await get('/relations', his)).statusCode).toBe(200);
  });
});

describe('nobody is found by trying', () => {
  it('twenty look-ups that lead to nobody lock the agent, also all at once, and close what he has open', async () => {
    const to = await lookUp(portal, agent, { insz: CITIZEN });
    const tries = Array.from({ length: 30 }, (_, i) => lookUp(portal, agent, { insz: inszNumber(500 + i) }));
    const said = await Promise.all(tries);
    expect(said.filter((one) => one === '/support?said=nobody')).toHaveLength(19);
    expect(said.filter((one) => one === '/support?said=locked')).toHaveLength(11);
    expect(await lookUp(portal, agent, { insz: CITIZEN })).toBe('/support?said=locked');
    expect((await get(to)).statusCode).toBe(410);
    const { body } = await get('/support');
    expect([body.includes('Je bent geblokkeerd'), body.includes('<form class="look-up"')]).toEqual([true, false]);
    expect((await portal.db.query('select failed from support_agents where locked_at is not null')).rows).toEqual([
      { failed: 20 },
    ]);
  });

  it('counts within a day, and finding somebody in between does not help', async () => {
    const miss = () => lookUp(portal, agent, { insz: inszNumber(600) });
    for (let i = 0; i < 19; i++) {
      expect(await miss()).toBe('/support?said=nobody');
      if (i === 9) await lookUp(portal, agent, { insz: CITIZEN });
    }
    await portal.db.query(`update support_agents set failing_since = '2026-11-22T08:59:59Z' where failed = 19`);
    expect(await miss()).toBe('/support?said=nobody');
    for (let i = 0; i < 18; i++) await miss();
    expect(await miss()).toBe('/support?said=locked');
  });

  it('nor by paging: no address of the desk lists people', async () => {
    for (const url of ['/support', '/support?said=nobody&page=2', '/support?after=1&familyName=Dvo'])
      expect((await get(url)).body, url).not.toMatch(/Dvořák|Peeters/);
    for (const url of ['/support/lookups', '/support/lookups?page=1'])
      expect((await get(url)).statusCode, url).toBe(404);
  });
});

describe('the capacity', () => {
  it('is offered to agents only, needs assurance 400, and ends when it is taken away', async () => {
    const { choose } = await import('../agency/staff.example.ts');
    expect((await get('/capacity')).body).toContain('value="support" aria-current="true"');
    const citizen = await portal.signInAs(CITIZEN, { familyName: 'Dvořák' });
    expect((await get('/capacity', citizen)).body).not.toContain('value="support"');
    expect((await choose(portal, citizen, 'support')).status).toBe(403);
    expect((await get('/support', citizen)).statusCode).toBe(403);
    const weak = await portal.signInAs(AGENT, { familyName: 'Claes' });
    await portal.db.query(
      'update sessions set assurance = 300 where created_at = (select max(created_at) from sessions)',
    );
    expect((await choose(portal, weak, 'support')).status).toBe(403);
    const third = await actAsAgent(portal, inszNumber(36), 'Maes');
    expect((await get('/support', third)).statusCode).toBe(200);
    expect((await get('/', third)).headers.location).toBe('/support');
    for (const url of ['/relations', '/access', '/agency']) expect((await get(url, third)).statusCode, url).toBe(303);
    await portal.db.query(
      `delete from support_agents using worker_numbers n where n.worker_id = support_agents.worker_id and n.insz = $1`,
      [inszNumber(36)],
    );
    expect((await get('/support', third)).headers.location).toMatch(/^\/capacity/);
  });
});

it('no number of a person, and no address of a look-up, stands in the log', async () => {
  expect(lines).toContain('/support/lookups');
  expect(lines).toContain('a support agent was locked');
  expect(mask(lines)).not.toMatch(/lookups\/[\w-]{20}/);
  for (const insz of [AGENT, CITIZEN, ...NAMESAKES]) expect(lines).not.toContain(insz);
});
