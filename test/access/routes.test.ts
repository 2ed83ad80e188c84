import { afterAll, beforeAll, expect, it } from 'vitest';
import { routesOf } from '../../src/app.ts';
import { operatorScope } from '../../src/identity/visitor.ts';
import type { Route } from '../../src/web/route.ts';
import { OWN, openTestApp, type TestApp } from '../app.ts';
import { declareFor, makeDelivery, makeOverview, makeReport } from '../house/routes.arrange.ts';
import { inszNumber } from '../records.ts';
import { type Service, serviceOf } from '../rest/client.ts';
import { actAsAgent, BECAUSE, lookUp } from '../support/support.example.ts';

const TEMPO = '0403449823';
const CITIZEN = inszNumber(61);
const NAME = 'Quintelier';

/** Addresses of staff, services and support that show somebody. Whatever else there is shows nobody, and is held to that. */
const SHOW: Record<string, Record<string, string>> = {
  'GET /REST/dimona/v2/declarations/:id': { id: 'declarationId' },
  'GET /REST/dimona/v2/periods/:id': { id: 'periodId' },
  'POST /REST/dimona/v2/declarations/search': {},
  'POST /REST/dimona/v2/periods/search': {},
  'POST /REST/dimona/v2/relations/search': {},
  'GET /agency/colleagues': {},
  'GET /agency/colleagues/:key': { key: 'key' },
  'GET /agency/colleagues/:key/removal': { key: 'key' },
  'GET /agency/declarations': {},
  'GET /agency/declarations/:declarationId': { declarationId: 'declarationId' },
  'GET /agency/declarations/:declarationId/receipt': { declarationId: 'formId' },
  'GET /agency/declarations/new': {},
  'GET /agency/drafts/:draftId': { draftId: 'draftId' },
  'GET /agency/refused': {},
  'GET /agency/reports': {},
  'GET /agency/reports/:reportId': { reportId: 'reportId' },
  'POST /agency/declarations/export': {},
  'GET /support/lookups/:id': { id: 'lookupId' },
  'GET /support/lookups/:id/help': { id: 'lookupId' },
  'GET /support/lookups/:id/relations': { id: 'lookupId' },
  'GET /support/lookups/:id/relations/:periodId': { id: 'lookupId', periodId: 'periodId' },
  'GET /support/lookups/:id/relations/calendar': { id: 'lookupId' },
  'GET /support/lookups/:id/reports': { id: 'lookupId' },
  'GET /support/lookups/:id/reports/:reportId': { id: 'lookupId', reportId: 'reportId' },
  'GET /support/lookups/:id/relations/calendar/:month': { id: 'lookupId', month: 'month' },
};
/** A look-up that is opened, and what is done in one, shows nobody and is written down all the same. */
const WRITTEN = [
  'POST /support/lookups',
  'POST /support/lookups/:id/session-endings',
  'POST /support/lookups/:id/unlockings',
  'POST /support/lookups/:id/resendings',
];

let portal: TestApp;
let service: Service;
let staff: string;
let agent: string;
let known: Record<string, string>;

const form = (cookie: string, url: string, fields: Record<string, string>) =>
  portal.app.inject({
    method: 'POST',
    url,
    headers: { ...OWN, cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: String(new URLSearchParams(fields)),
  });
const lastOf = (answer: { headers: Record<string, unknown> }) =>
  String(answer.headers.location)
    .replace(/[?#].*/, '')
    .split('/')
    .filter((part) => part !== 'receipt')
    .at(-1) ?? '';

beforeAll(async () => {
  portal = await openTestApp({ at: '2026-11-23T09:00:00Z' });
  const periodId = await declareFor(portal, CITIZEN);
  service = await serviceOf(portal, TEMPO);
  staff = await portal.signInAsStaff(inszNumber(62), TEMPO, 'manage', 'Peeters');
  await portal.house.staff.add(
    { operator: operatorScope(TEMPO), now: portal.house.clock.now() },
    { insz: CITIZEN, right: 'view', givenName: 'Ann', familyName: NAME },
  );
  const citizen = await portal.signInAs(CITIZEN, { givenName: 'Ann', familyName: NAME });
  agent = await actAsAgent(portal, inszNumber(63));
  const week = {
    kind: 'IN',
    insz: CITIZEN,
    workerType: 'OTH',
    jointCommittee: '322',
    userNumber: '0566988259',
    userCommittee: 'XXX',
  };
  const draft = async (fields: Record<string, string>) => lastOf(await form(staff, '/agency/drafts', fields));
  const toSend = await draft({ ...week, startDate: '2026-12-07', endDate: '2026-12-08' });
  const formId = lastOf(await form(staff, '/agency/declarations', { draft: toSend }));
  const twice = await draft({ ...week, startDate: '2026-12-07', endDate: '2026-12-08' });
  await form(staff, '/agency/declarations', { draft: twice }); // a duplicate: refused
  const { rows } = await portal.db.query(
    `select (select declaration_id from declarations where period_id = $1) as "declarationId",
      (select staff_key::text from agency_staff where given_name = 'Ann') as key`,
    [periodId],
  );
  known = {
    ...rows[0],
    periodId,
    formId,
    draftId: await draft({ ...week, startDate: '2026-12-14', endDate: '2026-12-15' }),
    reportId: (await makeReport(portal, citizen)).reportId,
    lookupId: (await lookUp(portal, agent, { insz: CITIZEN })).split('/').at(-1) ?? '',
    month: '2026-11',
    deliveryId: await makeDelivery(portal, await makeOverview(portal, citizen)),
  };
}, 60_000);
afterAll(() => portal.close());

const titleOf = ({ method, path }: Route) => `${method} ${path}`;
const about = async () =>
  Number(
    (
      await portal.db.query('select count(*) as n from access_rows where subject_insz = $1 or subjects @> array[$1]', [
        CITIZEN,
      ])
    ).rows[0].n,
  );

/** What each address is asked: with everything that makes it show somebody. */
async function ask(route: Route) {
  const title = titleOf(route);
  const names = { id: 'lookupId', ...SHOW[title] } as Record<string, string>;
  const path = route.path.replace(/:(\w+)/g, (_, name) => known[names[name] ?? name] ?? 'none');
  if (route.right === 'client') {
    const body = { employer: { enterpriseNumber: TEMPO } };
    return service.call(route.method, path, route.method === 'POST' ? body : undefined);
  }
  const cookie = route.right === 'support' ? agent : staff;
  if (route.method === 'POST')
    return form(cookie, path, {
      ...BECAUSE,
      insz: CITIZEN,
      read: 'yes',
      search: NAME,
      delivery: known.deliveryId ?? '',
    });
  const query = title === 'GET /agency/declarations/new' ? `?kind=UPDATE&period=${known.periodId}` : '';
  return portal.app.inject({ url: path + query, headers: { cookie } });
}

it('every look of staff, of a service or of the support desk at a person is written down', async () => {
  const others = routesOf(portal.house).filter(({ right }) => /^(agency:|client$|support$)/.test(right));
  const looks = others.sort((a, b) => Number(a.method === 'POST') - Number(b.method === 'POST'));
  expect(looks.length).toBeGreaterThan(35);
  const shown: string[] = [];
  for (const route of looks) {
    const before = await about();
    const { statusCode, body } = await ask(route);
    const isShown = statusCode < 400 && (body.includes(NAME) || body.replace(/[.-]/g, '').includes(CITIZEN));
    const written = (await about()) - before;
    if (isShown) shown.push(titleOf(route));
    if (isShown || WRITTEN.includes(titleOf(route))) expect(written, titleOf(route)).toBeGreaterThan(0);
  }
  expect(shown.sort()).toEqual(Object.keys(SHOW).sort());
}, 60_000);
