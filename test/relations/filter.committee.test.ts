import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWN, openTestApp, type TestApp } from '../app.ts';
import { agency, evening, insz, temp } from '../declarations/intake.example.ts';
import { all, readPdf } from '../overviews/reading.ts';

/** The joint committee, at every door of the filter: of temp work that of the user company, of other work its own. */

let portal: TestApp;
let cookie: string;
const EVENINGS = ['2026-11-12', '2026-11-19'];

beforeAll(async () => {
  portal = await openTestApp({ at: '2026-11-23T09:00:00Z' });
  await portal.db.query(
    `insert into enterprises (enterprise_number, name, kind) values ($1, 'Tempo Interim', 'agency')`,
    [agency],
  );
  const week = temp({ startDate: '2026-11-02', endDate: '2026-11-06' });
  const waiter = temp({ jointCommittee: '302', startDate: '2026-11-16', endDate: '2026-11-17' });
  const received = [week, waiter, ...EVENINGS.map((day) => evening(day))];
  const outcomes = await portal.house.intake.receive(
    received.map((declaration) => ({ declaration, sourceKey: null })),
    { channel: 'import', now: portal.house.clock.now() },
  );
  expect(outcomes.filter(({ result }) => result === 'B')).toEqual([]);
  cookie = await portal.signInAs(insz);
});
afterAll(() => portal.close());

const get = (url: string) => portal.app.inject({ url, headers: { cookie } });

/** The choices of the form as somebody reads them: word and number, ticked ones marked. */
function choicesIn(body: string): string[] {
  const options = body.matchAll(/name="committee" value="(\w+)"( checked)?><span>([^<]*)<\/span><span[^>]*>(\d+)</g);
  return [...options].map(([, value, ticked, label, n]) => `${value} ${label} ${n}${ticked ? ' ✓' : ''}`);
}

describe('the joint committee', () => {
  it('is offered by number and name, with how many relations have it', async () => {
    expect(choicesIn((await get('/relations')).body)).toEqual([
      '302 PC 302: horeca 2',
      'XXX Een ander paritair comité 1',
    ]);
    expect(choicesIn((await get('/relations?sector=other')).body)).toEqual(['302 PC 302: horeca 1']);
  });

  it('narrows the list, and is said in its sentence, its form and a chip', async () => {
    const { body } = await get('/relations?committee=302');
    expect(body).toContain('2 arbeidsrelaties van 2025 tot en met 2027, PC 302: horeca.');
    expect(choicesIn(body)[0]).toBe('302 PC 302: horeca 2 ✓');
    expect(body).toMatch(/Verwijder filter:\s*<\/span>PC 302: horeca/);
    expect(body).not.toContain('2 – vr 6 nov');
  });

  it('can be several, and one that cannot be is left out and said', async () => {
    const { body } = await get('/relations?committee=302&committee=XXX&committee=horeca');
    expect(body).toContain('3 arbeidsrelaties van 2025 tot en met 2027, PC 302: horeca, een ander paritair comité.');
    expect(body).toContain('hebben we weggelaten: Paritair comité.');
  });

  it('holds in the calendar, and on the way to the list of a day', async () => {
    const { body } = await get('/relations/calendar/2026-11?committee=302');
    for (const day of ['12', '19']) expect(body).toMatch(new RegExp(`d2026-11-${day}[\\s\\S]{0,600}0566`));
    expect(choicesIn(body)[0]).toBe('302 PC 302: horeca 2 ✓');
    expect((await get('/relations/calendar?year=2026&committee=302')).body).toContain('2 dagen aangegeven');
  });

  it('holds in JSON, in CSV and in what the schema says', async () => {
    const json = (await get('/relations.json?committee=302')).json();
    expect([json.total, json.filter.committee]).toEqual([2, ['302']]);
    expect(json.items.map((item: { startDate: string }) => item.startDate).sort()).toEqual(EVENINGS);
    const csv = (await get('/relations.csv?committee=XXX')).body.trim().split('\r\n');
    expect(csv).toHaveLength(2);
    const schema = (await get('/schemas/relations.json')).json();
    expect(schema.properties.filter.required).toContain('committee');
  });

  it('holds in an overview, whose line about the filter names it', async () => {
    const headers = { ...OWN, cookie, 'content-type': 'application/x-www-form-urlencoded' };
    const ordered = await portal.app.inject({ method: 'POST', url: '/overviews', headers, payload: 'committee=302' });
    await portal.house.overviews.settled();
    const file = await get(`${ordered.headers.location}/overview.pdf`);
    const [first] = (await readPdf(new Uint8Array(file.rawPayload))).pages;
    const lines = first ? all(first.tree, 'P').map(({ text }) => text) : [];
    expect(lines).toContainEqual(expect.stringContaining('2 arbeidsrelaties van 2025 tot en met 2027, PC 302: horeca'));
  });
});
