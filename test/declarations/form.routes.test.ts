import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DRAFT_HOURS } from '../../src/declarations/form.actions.ts';
import { openTestApp, type TestApp } from '../app.ts';
import { declareByForm, draftOf, LOTTE, RANDWERK, type Staff, send, staffOf, WEEK } from './form.staff.ts';

let portal: TestApp;
let an: Staff;
let colleague: Staff;
let elsewhere: Staff;
beforeAll(async () => {
  portal = await openTestApp({ at: '2026-11-20T09:00:00Z' });
  an = await staffOf(portal, '98472899765');
  colleague = await staffOf(portal, '80010100132');
  elsewhere = await staffOf(portal, '80010100231', RANDWERK);
});
afterAll(() => portal.close());

const count = async (table: string, where = 'true') =>
  Number((await portal.db.query(`select count(*) as n from ${table} where ${where}`)).rows[0].n);
const accessRows = () => count('access_rows', `purpose = 'declare'`);

describe('declaring', () => {
  it('goes from the form over a page to check to a receipt', async () => {
    const form = await an.get('/agency/declarations/new');
    expect(form.statusCode).toBe(200);
    const draft = await draftOf(an, WEEK);
    expect(draft).toMatch(/^\/agency\/drafts\/[\w-]{22}$/);
    const check = await an.get(draft);
    expect(check.body).toContain('Lotte Maes');
    expect(check.body).toContain('85.07.30-033.28');
    expect(check.body).toContain('Brouwerij De Zwaan, Mechelen');
    expect(check.body).toContain('Tijdig');
    const sent = await send(an, draft);
    expect([sent.statusCode, sent.headers.location]).toEqual([
      303,
      expect.stringMatching(/^\/agency\/declarations\/9\d{11}\/receipt$/),
    ]);
    const receipt = await an.get(String(sent.headers.location));
    expect(receipt.statusCode).toBe(200);
    expect(receipt.body).toContain('De aangifte is gedaan');
    expect(receipt.body).toContain('••.••.••-•••.28');
    expect(receipt.body).not.toMatch(/85\.?07\.?30/);
    const { rows } = await portal.db.query(
      'select channel, sender, result, insz from declarations order by seq desc limit 1',
    );
    expect(rows).toEqual([{ channel: 'form', sender: `staff:${an.workerId}`, result: 'A', insz: LOTTE }]);
  });

  it('sent twice, one after the other or at once, declares once', async () => {
    const before = await count('declarations');
    const draft = await draftOf(an, { ...WEEK, startDate: '2026-12-01', endDate: '2026-12-04' });
    const answers = [await send(an, draft), ...(await Promise.all([send(an, draft), send(an, draft)]))];
    expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
    const other = await draftOf(an, { ...WEEK, startDate: '2026-12-08', endDate: '2026-12-11' });
    const atOnce = await Promise.all(Array.from({ length: 6 }, () => send(an, other)));
    expect(atOnce.map(({ statusCode }) => statusCode)).toEqual(Array(6).fill(303));
    expect(new Set(atOnce.map(({ headers }) => headers.location)).size).toBe(1);
    expect(await count('declarations')).toBe(before + 2);
    expect((await an.get(other)).headers.location).toBe(atOnce[0]?.headers.location);
  });

  it('sent at once by a visitor nobody knows, which locks no worker, is kept once', async () => {
    const before = await count('declarations');
    const nobody = { ...WEEK, insz: '', givenName: 'Nele', familyName: 'Nergens', birthDate: '1990-01-01' };
    const draft = await draftOf(an, nobody);
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(an, draft)));
    expect(answers.map(({ statusCode, headers }) => [statusCode, headers.location])).toEqual(
      Array(6).fill([303, draft]),
    );
    expect(await count('declarations')).toBe(before + 1);
  });

  it('what became wrong since it was checked comes back with the reason', async () => {
    const week = { ...WEEK, startDate: '2027-01-05', endDate: '2027-01-08' };
    const [mine, hers] = [await draftOf(an, week), await draftOf(colleague, week)];
    expect((await an.get(mine)).body).toContain('Kijk je aangifte na');
    expect((await send(colleague, hers)).headers.location).toContain('/receipt');
    expect((await send(an, mine)).headers.location).toBe(mine);
    const back = await an.get(mine);
    expect(back.body).toContain('Dubbele periode');
    expect(back.body).toContain('id="startDate-error"');
    expect((await send(an, mine)).headers.location).toBe(mine);
  });

  it('warns of a late one and of a number nobody knows', async () => {
    const late = await draftOf(an, { ...WEEK, userNumber: '0778.899.013', startDate: '2026-11-19' });
    const { body } = await an.get(late);
    expect(body).toContain('Laattijdig');
    expect(body).toContain('0778.899.013');
    const { headers } = await send(an, late);
    expect((await an.get(String(headers.location))).body).toContain('Laattijdige aangifte');
  });

  it('looks the company up without losing what was typed', async () => {
    const kept = await draftOf(an, { kind: 'IN', do: 'look-up', userNumber: 'BE 566 988 259', familyName: 'Maes' });
    expect(kept).toMatch(/\?step=edit#userNumber$/);
    const { body } = await an.get(kept.replace(/#.*/, ''));
    expect(body).toContain('Brouwerij De Zwaan, Mechelen');
    expect(body).toContain('value="Maes"');
    expect(body).not.toContain('id="wrongs"');
  });
});

describe('a person', () => {
  it('known to this agency shows by the known name, known elsewhere only as typed', async () => {
    const typed = { ...WEEK, givenName: 'Lotje', familyName: 'M.', startDate: '2027-02-01', endDate: '2027-02-05' };
    const known = await an.get(await draftOf(an, typed));
    expect(known.body).toContain('Lotte Maes');
    expect(known.body).toContain('jij vulde in: Lotje M.');
    const foreign = await elsewhere.get(await draftOf(elsewhere, typed));
    expect(foreign.body).toContain('Lotje M.');
    expect(foreign.body).not.toContain('Lotte');
  });

  it('shown is one access row, and stands in no address', async () => {
    const draft = await draftOf(an, { ...WEEK, startDate: '2027-03-01', endDate: '2027-03-05' });
    const before = await accessRows();
    await an.get(draft);
    expect(await accessRows()).toBe(before + 1);
    const { rows } = await portal.db.query(
      `select actor_kind, actor_agency, actor_insz, subject_insz, channel from access_rows where purpose = 'declare' order by id desc limit 1`,
    );
    expect(rows).toEqual([
      {
        actor_kind: 'agency',
        actor_agency: '0403449823',
        actor_insz: '98472899765',
        subject_insz: LOTTE,
        channel: 'screen',
      },
    ]);
    await an.get('/agency/declarations/new');
    await an.get(await draftOf(an, { ...WEEK, insz: '123' }));
    expect(await accessRows()).toBe(before + 1);
  });
});

describe('drafts', () => {
  it('of a colleague or another agency are not there', async () => {
    const draft = await draftOf(an, WEEK);
    for (const other of [colleague, elsewhere]) {
      expect((await other.get(draft)).statusCode).toBe(404);
      expect((await send(other, draft)).statusCode).toBe(404);
    }
    expect((await an.get('/agency/drafts/AAAAAAAAAAAAAAAAAAAAAA')).statusCode).toBe(404);
    expect((await an.post('/agency/declarations', {})).statusCode).toBe(404);
  });

  it('expire after two hours, with words, and hold nothing afterwards', async () => {
    const draft = await draftOf(an, WEEK);
    const later = (hours: number) => Temporal.Instant.from(portal.house.clock.now()).add({ hours }).toString();
    await portal.house.forms.sweep(later(DRAFT_HOURS - 1));
    expect((await an.get(draft)).statusCode).toBe(200);
    await portal.house.forms.sweep(later(DRAFT_HOURS + 1));
    const gone = await an.get(draft);
    expect(gone.statusCode).toBe(410);
    expect(gone.body).toContain('Dit formulier is verlopen');
    expect((await send(an, draft)).statusCode).toBe(410);
    expect(await count('drafts', 'fields is not null')).toBe(0);
    await portal.house.forms.sweep(later(DRAFT_HOURS + 25));
    expect(await count('drafts')).toBe(0);
  });

  it('hold no person once they were declared', async () => {
    await declareByForm(portal, an, { ...WEEK, startDate: '2027-04-05', endDate: '2027-04-09' });
    expect(await count('drafts', 'fields is not null')).toBe(0);
  });
});

describe('a change', () => {
  it('shows the period, warns, and is declared', async () => {
    const { periodId } = await declareByForm(portal, an, {
      ...WEEK,
      startDate: '2026-10-05',
      endDate: '2026-10-16',
    });
    const form = await an.get(`/agency/declarations/new?kind=UPDATE&period=${periodId}`);
    expect(form.body).toContain('Brouwerij De Zwaan');
    expect(form.body).toContain('kunnen niet gewijzigd worden');
    const stood = form.body.match(/name="stood" value="([^"]+)"/)?.[1] ?? '';
    const fields = { kind: 'UPDATE', period: periodId, stood, startDate: '2026-10-12', endDate: '2026-10-16' };
    const draft = await draftOf(an, fields);
    expect((await an.get(draft)).body).toContain('dagen die al begonnen of voorbij zijn');
    const receipt = await an.get(String((await send(an, draft)).headers.location));
    expect(receipt.body).toContain('De aangifte is gewijzigd');
    // the form as it stood does not speak of the period as it is now
    expect((await an.get(await draftOf(an, { ...fields, endDate: '2026-10-17' }))).body).toContain(
      'intussen gewijzigd',
    );
    const cancel = await an.get(`/agency/declarations/new?kind=CANCEL&period=${periodId}`);
    const now = cancel.body.match(/name="stood" value="([^"]+)"/)?.[1] ?? '';
    const cancelled = await draftOf(an, { kind: 'CANCEL', period: periodId, stood: now });
    expect((await an.get(cancelled)).body).toContain('na de begindag annuleerde');
    await send(an, cancelled);
    const after = await an.get(`/agency/declarations/new?kind=UPDATE&period=${periodId}`);
    expect(after.body).toContain('Deze aangifte is geannuleerd');
    expect(after.body).not.toContain('<form class="declare"');
  });

  it('of another agency’s period is not there, nor its receipt, nor its declaring again', async () => {
    const { periodId, declarationId } = await declareByForm(portal, an, {
      ...WEEK,
      startDate: '2027-05-03',
      endDate: '2027-05-07',
    });
    for (const kind of ['UPDATE', 'OUT', 'CANCEL']) {
      expect((await elsewhere.get(`/agency/declarations/new?kind=${kind}&period=${periodId}`)).statusCode).toBe(404);
      expect((await elsewhere.get(await draftOf(elsewhere, { kind, period: periodId }))).statusCode).toBe(404);
      expect((await an.get(`/agency/declarations/new?kind=${kind}`)).statusCode).toBe(404);
    }
    const foreign = await draftOf(elsewhere, { kind: 'CANCEL', period: periodId });
    expect((await send(elsewhere, foreign)).statusCode).toBe(404);
    for (const url of [
      `/agency/declarations/${declarationId}/receipt`,
      `/agency/declarations/new?again=${declarationId}`,
    ]) {
      expect((await an.get(url)).statusCode, url).toBe(200);
      expect((await elsewhere.get(url)).statusCode, url).toBe(404);
    }
    expect((await an.get(`/agency/declarations/new?again=${declarationId}`)).body).toContain('value="85073003328"');
  });
});

describe('the directory', () => {
  const items = async (query: string) => (await an.get(`/agency/companies.json?${query}`)).json().items;
  it('answers by number and by the beginning of a name', async () => {
    const zwaan = {
      number: '0566988259',
      name: 'Brouwerij De Zwaan',
      city: 'Mechelen',
      line: 'Brouwerij De Zwaan, Mechelen',
    };
    expect(await items('number=0566988259')).toEqual([zwaan]);
    expect(await items('q=BROUW')).toEqual([zwaan]);
    for (const query of ['number=0000000000', 'q=b', 'q=%25%25', 'q=br_uw', 'q=rouw', 'q=%00', ''])
      expect(await items(query), query).toEqual([]);
  });

  it('answers to staff who may declare only', async () => {
    const viewer = await staffOf(portal, '80010100330', RANDWERK, 'view');
    for (const url of ['/agency/companies.json?q=br', '/agency/declarations/new'])
      expect((await viewer.get(url)).statusCode).toBe(403);
    const worker = await portal.signInAs(LOTTE);
    const answer = await portal.app.inject({ url: '/agency/companies.json?q=br', headers: { cookie: worker } });
    expect(answer.statusCode).toBe(403);
  });
});
