import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordAccess } from '../../src/access/access.store.ts';
import { PURPOSES, type Purpose } from '../../src/access/access.ts';
import { seenPage } from '../../src/access/seen.pages.ts';
import { LANGS } from '../../src/web/language.ts';
import { openTestApp, type TestApp } from '../app.ts';
import { inszNumber } from '../records.ts';
import { seen } from '../samples.access.ts';
import { access } from './access.example.ts';

const [ME, OTHER, STAFF, FORMER] = [inszNumber(21), inszNumber(22), inszNumber(23), inszNumber(24)] as [
  string,
  string,
  string,
  string,
];
const TEMPO = { kind: 'agency', insz: STAFF, agency: '0403449823' } as const;

let portal: TestApp;
let cookie: string;

beforeAll(async () => {
  portal = await openTestApp({ at: '2026-11-23T09:00:00Z' });
  await portal.db.query(
    `insert into enterprises (enterprise_number, name, kind) values ('0403449823', 'Tempo Interim', 'agency')`,
  );
  cookie = await portal.signInAs(ME);
  await portal.db.query(
    `insert into worker_numbers select '${FORMER}', worker_id from worker_numbers where insz = '${ME}'`,
  );
  const rows = [
    access('2026-10-31T22:59:59Z', { subject: FORMER, actor: TEMPO, purpose: 'agency-view' }),
    access('2026-11-01T12:00:00Z', { subject: [OTHER, ME], actor: TEMPO, purpose: 'agency-view', channel: 'service' }),
    access('2026-11-02T12:00:00Z', { subject: [OTHER], actor: TEMPO, purpose: 'agency-export' }),
    access('2026-11-03T12:00:00Z', { subject: OTHER, actor: { kind: 'worker', insz: ME } }),
    access('2026-11-04T12:00:00Z', {
      subject: ME,
      purpose: 'export',
      channel: 'csv',
      actor: { kind: 'worker', insz: ME },
    }),
    ...Array.from({ length: 60 }, () =>
      access('2026-03-29T01:00:00Z', { subject: ME, actor: TEMPO, purpose: 'declare' }),
    ),
  ];
  await portal.house.db.transaction(async (tx) => {
    for (const row of rows) await recordAccess(tx, row);
  });
});
afterAll(() => portal.close());

const get = async (url: string, as = cookie) => portal.app.inject({ url, headers: { cookie: as } });
const linesIn = (html: string) => html.match(/class="seen__row /g)?.length ?? 0;

describe('who saw my data', () => {
  it('shows what concerns him under every number he had, also where he stood among others, and nothing else', async () => {
    const { body, statusCode } = await get('/access?from=2026-10-01');
    expect(statusCode).toBe(200);
    expect(linesIn(body)).toBe(4);
    expect(body.match(/Tempo Interim bekeek aangiften van jou/g)).toHaveLength(2);
    expect(body).toContain('Samen met andere mensen');
    expect(body).toContain('Als CSV-bestand');
    expect(body).not.toContain('maakte een bestand');
    for (const insz of [ME, OTHER, STAFF, FORMER]) expect(body).not.toContain(insz);
    expect(linesIn((await get('/access', await portal.signInAs(OTHER))).body)).toBe(4); // and his own sign-in
  });

  it('filters by kind and by days of Belgium', async () => {
    expect(linesIn((await get('/access?kind=export')).body)).toBe(1);
    expect(linesIn((await get('/access?kind=sign-in')).body)).toBe(1);
    expect((await get('/access?kind=support')).body).toContain('Niets gevonden');
    expect(linesIn((await get('/access?kind=agency&from=2026-10-31&to=2026-10-31')).body)).toBe(1);
    expect(linesIn((await get('/access?kind=agency&from=2026-11-01&to=2026-11-01')).body)).toBe(1);
    const odd = await get('/access?kind=nonsense&from=2026-02-30&after=x&after=y');
    expect([odd.statusCode, odd.body.includes('kon niet gelezen worden')]).toEqual([200, true]);
    expect((await get('/access?from=2026-11-02&to=2026-11-01')).body).toContain('kon niet gelezen worden');
  });

  it('goes through all of them page by page, each once, also those of one instant', async () => {
    let url: string | undefined = '/access?kind=agency';
    const counts = [];
    while (url && counts.length < 9) {
      const { body } = await get(url);
      counts.push(linesIn(body));
      url = body.match(/rel="next" href="([^"]+)"/)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(counts).toEqual([25, 25, 12]);
  });

  it('tells what the portal does by itself from what its operator does by a command', () => {
    const told = (channel: string) => {
      const rows = [seen({ actor: 'system', purpose: 'staff', channel, detail: {} })];
      const filter = { kind: null, from: null, to: null, after: null };
      return seenPage('nl', { rows, more: false }, filter, { today: '2026-11-23', dropped: [] }).rows[0]?.text;
    };
    expect(told('command')).toMatch(/^De beheerder van deze dienst bekeek/);
    expect(told('screen')).toMatch(/^Deze dienst zelf \(automatisch\) bekeek/);
  });

  it('has words for every act there is, in every language, and shows no code for one that it does not know', () => {
    for (const lang of LANGS) {
      const all = { kind: null, from: null, to: null, after: null };
      const purposes = Object.keys(PURPOSES) as Purpose[];
      const rows = [...purposes, 'of a later version'].map((purpose) =>
        seen({ purpose, detail: { view: 'what', act: 'ever' } }),
      );
      const page = seenPage(lang, { rows, more: false }, all, { today: '2026-11-23', dropped: [] });
      const texts = page.rows.map(({ text }) => text);
      expect(new Set(texts).size, lang).toBe(rows.length);
      expect(page.rows.at(-1)).toMatchObject({ kind: 'other', note: '' });
    }
  });
});
