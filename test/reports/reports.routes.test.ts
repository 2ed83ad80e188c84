import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWN, openTestApp, type TestApp } from '../app.ts';
import { temp } from '../declarations/intake.example.ts';
import { inszNumber } from '../records.ts';

const NOW = '2026-11-23T09:00:00Z';
const [TEMPO, SILENT] = ['0403449823', '0566988259'];
const ME = inszNumber(21);

let portal: TestApp;
let cookies: { me: string; other: string; staff: string; viewer: string; foreign: string };

beforeAll(async () => {
  portal = await openTestApp({ at: NOW });
  await portal.db.query(
    `insert into enterprises (enterprise_number, name, kind, city) values
    ($1, 'Tempo Interim', 'agency', 'Gent'), ($2, 'Stille Interim', 'agency', null),
    ('0407585882', 'Stille Waters', 'agency', 'Aalst'), ('0206731645', 'Randwerk', 'agency', null)`,
    [TEMPO, SILENT],
  );
  cookies = {
    me: await portal.signInAs(ME),
    other: await portal.signInAs(inszNumber(22)),
    staff: await portal.signInAsStaff(inszNumber(23), String(TEMPO), 'declare'),
    viewer: await portal.signInAsStaff(inszNumber(24), String(TEMPO), 'view'),
    foreign: await portal.signInAsStaff(inszNumber(25), '0206731645', 'manage'),
  };
});
afterAll(() => portal.close());

const get = (url: string, cookie: string) => portal.app.inject({ url, headers: { cookie } });
const post = (url: string, cookie: string, fields: Record<string, string> = {}) =>
  portal.app.inject({
    method: 'POST',
    url,
    headers: { ...OWN, cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: String(new URLSearchParams(fields)),
  });
const location = (answer: { headers: Record<string, unknown> }) => String(answer.headers.location);
const text = (body: string) => body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const eventsOf = async (id: string) =>
  (await portal.db.query('select kind from report_events where report_id = $1 order by event_id', [id])).rows.map(
    ({ kind }) => kind,
  );

async function reported(fields: Record<string, string> = {}): Promise<string> {
  const told = { agency: 'Tempo Interim', company: 'Brouwerij De Zwaan', firstDay: '2026-11-18', ...fields };
  const draft =
    location(await post('/reports/drafts', cookies.me, told))
      .split('/')
      .at(-1) ?? '';
  return (
    location(await post('/reports', cookies.me, { draft }))
      .split('/')
      .at(-1) ?? ''
  );
}

async function declared(day: string, over: object = {}): Promise<string> {
  const declaration = temp({
    employer: { enterpriseNumber: String(TEMPO) },
    worker: { insz: ME },
    startDate: day,
    endDate: day,
    receivedAt: NOW,
    ...over,
  });
  const [outcome] = await portal.house.intake.receive([{ declaration, sourceKey: null }], {
    channel: 'form',
    now: NOW,
  });
  await portal.house.jobs.workOff();
  return outcome?.declarationId ?? '';
}

describe('a report of an empty day', () => {
  it('is checked before it is sent, and sent once however often', async () => {
    const told = { agency: 'tempo interim', company: 'De Zwaan', firstDay: '2026-11-10', note: 'Aan de kade' };
    const draft = location(await post('/reports/drafts', cookies.me, told));
    expect(text((await get(draft, cookies.me)).body)).toMatch(
      /Tempo Interim . Het kantoor heeft 5 werkdagen.*De Zwaan.*Aan de kade/,
    );
    const fields = { draft: draft.split('/').at(-1) ?? '' };
    const [first, again] = [await post('/reports', cookies.me, fields), await post('/reports', cookies.me, fields)];
    expect(location(first)).toMatch(/^\/reports\/\w{26}$/);
    expect(location(again)).toBe(location(first));
    expect(location(await get(draft, cookies.me))).toBe(location(first));
    expect((await get(draft, cookies.other)).statusCode).toBe(404);
  });

  it('comes back with what is wrong beside the field, and with the agencies of that name', async () => {
    const draft = location(await post('/reports/drafts', cookies.me, { agency: 'Stille', firstDay: '2026-12-01' }));
    const { body } = await get(draft, cookies.me);
    expect(text(body)).toMatch(/moet nog komen/);
    expect(body).toMatch(/name="agencyNumber" value="0566988259"/);
    expect(body).toMatch(/name="agencyNumber" value="0407585882"/);
    expect(body).toContain('aria-invalid="true"');
  });

  it('warns of another about the same days', async () => {
    await reported({ firstDay: '2026-11-09' });
    const draft = location(
      await post('/reports/drafts', cookies.me, { agency: 'Tempo Interim', firstDay: '2026-11-09' }),
    );
    expect(text((await get(draft, cookies.me)).body)).toContain('al een melding die nog niet gesloten is');
  });

  it('says honestly that nobody answers, for an agency without staff here and for one nobody knows', async () => {
    const silent = location(
      await post('/reports/drafts', cookies.me, { agency: SILENT ?? '', firstDay: '2026-11-18' }),
    );
    expect(text((await get(silent, cookies.me)).body)).toContain('Stille Interim gebruikt dit portaal niet');
    const unknown = await reported({ agency: 'Zwart & Zonen', firstDay: '2026-11-02' });
    const { body } = await get(`/reports/${unknown}`, cookies.me);
    expect(text(body)).toContain('we kennen geen uitzendkantoor Zwart &amp; Zonen');
    expect(body).not.toContain('/replies');
  });
});

describe('the way of a report', () => {
  it('is seen by the first of the agency who looks, answered in words, and confirmed', async () => {
    const id = await reported({ firstDay: '2026-11-17' });
    expect((await get(`/agency/reports/${id}`, cookies.foreign)).statusCode).toBe(404);
    const { rowCount: before } = await portal.db.query(
      `select from access_rows where subject_insz = $1 or $1 = any(subjects)`,
      [ME],
    );
    expect(text((await get('/agency/reports', cookies.viewer)).body)).toContain('Łukasz Dvořák');
    expect((await get(`/agency/reports/${id}`, cookies.viewer)).statusCode).toBe(200);
    const { rowCount: after } = await portal.db.query(
      `select from access_rows where subject_insz = $1 or $1 = any(subjects)`,
      [ME],
    );
    expect((after ?? 0) - (before ?? 0)).toBe(2);
    expect(text((await get(`/reports/${id}`, cookies.me)).body)).toContain('Tempo Interim heeft je melding gezien');
    expect((await post(`/agency/reports/${id}/answers`, cookies.viewer, { words: 'x' })).statusCode).toBe(403);
    expect(location(await post(`/agency/reports/${id}/answers`, cookies.staff, { words: ' ' }))).toContain(
      'said=empty',
    );
    await post(`/agency/reports/${id}/answers`, cookies.staff, { words: 'We geven je morgen aan.' });
    const mine = await get(`/reports/${id}`, cookies.me);
    expect(text(mine.body)).toMatch(/Nu is het aan jou.*We geven je morgen aan\./);
    const empty = await post(`/reports/${id}/replies`, cookies.me, { words: ' \n ' });
    expect(empty.headers.location).toBe(`/reports/${id}?said=empty`);
    expect((await get(`/reports/${id}?said=empty`, cookies.me)).body).toContain('Je antwoord is niet verstuurd');
    await post(`/reports/${id}/replies`, cookies.me, { words: 'Dat is te laat.' });
    expect(text((await get(`/agency/reports/${id}`, cookies.staff)).body)).toContain('Dat is te laat.');
    await post(`/reports/${id}/confirmations`, cookies.me);
    expect(await eventsOf(id)).toEqual(['sent', 'seen', 'answered', 'replied', 'seen', 'confirmed']);
    await post(`/reports/${id}/replies`, cookies.me, { words: 'Toch nog iets' });
    expect(location(await post(`/agency/reports/${id}/answers`, cookies.staff, { words: 'y' }))).toContain(
      'said=empty',
    );
    expect(await eventsOf(id)).toHaveLength(6);
  });

  it('is linked by itself to the declaration that mends it, with the late verdict and the differences', async () => {
    const id = await reported({ firstDay: '2026-11-16', company: 'Hotel Astrid' });
    await declared('2026-11-12'); // another day
    expect(await eventsOf(id)).toEqual(['sent']);
    await declared('2026-11-16');
    expect(await eventsOf(id)).toEqual(['sent', 'declared']);
    const { body } = await get(`/reports/${id}`, cookies.me);
    expect(text(body)).toMatch(/Laattijdig aangegeven.*Dagen.*klopt.*Bedrijf waar je werkte.*Hotel Astrid.*verschilt/);
    expect(text((await get(`/agency/reports/${id}`, cookies.staff)).body)).toContain('Er kwam een aangifte binnen');
  });

  it('links a declaration of another agency, or a refused one, to nothing', async () => {
    const id = await reported({ firstDay: '2026-11-05' });
    await declared('2026-11-05', { employer: { enterpriseNumber: '0206731645' } });
    await declared('2026-11-05', { endDate: '2026-11-01' });
    expect(await eventsOf(id)).toEqual(['sent']);
  });

  it('stages a job with a declaration only for whom somebody waits', async () => {
    const waiting = async () =>
      (await portal.db.query(`select from pgboss.job where name = 'tidings' and state = 'created'`)).rowCount;
    const receive = (insz: string) =>
      portal.house.intake.receive(
        [
          {
            declaration: temp({ employer: { enterpriseNumber: String(TEMPO) }, worker: { insz }, receivedAt: NOW }),
            sourceKey: null,
          },
        ],
        { channel: 'form', now: NOW },
      );
    await receive(inszNumber(22));
    expect(await waiting()).toBe(0);
    await receive(ME);
    expect(await waiting()).toBe(1);
    await portal.house.jobs.workOff();
  });

  it('tells once that the term is over', async () => {
    const id = await reported({ firstDay: '2026-11-04' });
    const at = { now: '2026-12-01T06:00:00Z', today: '2026-12-01' };
    await portal.house.reports.sweep({ now: '2026-11-30T20:00:00Z', today: '2026-11-30' });
    expect(await eventsOf(id)).toEqual(['sent']);
    await portal.house.reports.sweep(at);
    await portal.house.reports.sweep(at);
    expect(await eventsOf(id)).toEqual(['sent', 'overdue']);
  });

  it('stands first on the desk when its term is over, and says so there, on the dashboard and on its own page', async () => {
    const late = await reported({ firstDay: '2026-11-06', company: 'Hotel Astrid' });
    await portal.db.query(`update reports set due_on = '2026-11-20' where report_id = $1`, [late]);
    const list = text((await get('/agency/reports', cookies.staff)).body);
    const [first = ''] = list.split(/(?=antwoord ten laatste)/);
    expect(first).toMatch(/de termijn liep af op vrijdag 20 november.*Te laat/);
    expect(text((await get('/agency', cookies.staff)).body)).toContain('1 over de termijn');
    expect(text((await get(`/agency/reports/${late}`, cookies.staff)).body)).toContain('De termijn liep af op');
    await post(`/reports/${late}/withdrawals`, cookies.me);
  });

  it('goes on to the inspectorate with a file of the whole case', async () => {
    const id = await reported({ firstDay: '2026-11-03', note: 'Aan de kade, met Sofie.' });
    await post(`/reports/${id}/referrals`, cookies.me);
    await post(`/reports/${id}/referrals`, cookies.me);
    expect(await eventsOf(id)).toEqual(['sent', 'takenOn']);
    const { body } = await get(`/reports/${id}`, cookies.me);
    expect(text(body)).toContain('RSZ, inspectiediensten Victor Hortaplein 11 1060 Brussel');
    for (const link of [
      'www.rsz.be">www.rsz.be',
      'www.meldpuntsocialefraude.belgie.be">meldpuntsocialefraude.belgie.be',
    ])
      expect(body).toContain(`href="https://${link}</a>`);
    const pdf = await get(`/reports/${id}/case.pdf`, cookies.me);
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect(pdf.rawPayload.subarray(0, 8).toString()).toBe('%PDF-1.7');
    expect((await get(`/reports/${id}/case.pdf`, cookies.other)).statusCode).toBe(404);
  });
});

describe('a declaration asked for by a report', () => {
  it('is filled in with what the worker told, for his agency only', async () => {
    const id = await reported({ firstDay: '2026-11-02', startHour: '8:00', endHour: '16:30' });
    const { body } = await get(`/agency/declarations/new?report=${id}`, cookies.staff);
    expect(body).toContain(`value="${ME}"`);
    expect(body).toContain('value="2026-11-02"');
    expect((await get(`/agency/declarations/new?report=${id}`, cookies.foreign)).statusCode).toBe(404);
  });
});
