import { parse } from 'parse5';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANOMALIES } from '../../src/declarations/anomalies.ts';
import { openTestApp, type TestApp } from '../app.ts';
import { attribute, elementsOf, textIn } from '../house/rendering.ts';
import { declareByForm, draftOf, type Staff, send, staffOf, WEEK } from './form.staff.ts';

/** Friday 20 November 2026, 10.00 in Belgium. */
let portal: TestApp;
let staff: Staff;
beforeAll(async () => {
  portal = await openTestApp({ at: '2026-11-20T09:00:00Z' });
  staff = await staffOf(portal, '98472899765');
});
afterAll(() => portal.close());

/** What a page says beside a field, and what its summary leads to. */
async function wrongsOf(draft: string) {
  const answer = await staff.get(draft);
  expect(answer.statusCode).toBe(200);
  const elements = elementsOf(parse(answer.body));
  const byId = (id: string) => elements.find((element) => attribute(element, 'id') === id);
  const summary = byId('wrongs');
  return {
    beside: (field: string) => textIn(byId(`${field}-error`) ?? parse('')),
    isMarked: (field: string) => {
      const input = byId(field);
      const isDescribed = input && attribute(input, 'aria-describedby')?.split(' ').includes(`${field}-error`);
      return Boolean(isDescribed) && input !== undefined && attribute(input, 'aria-invalid') === 'true';
    },
    summary: textIn(summary ?? parse('')),
    links: summary ? elementsOf(summary).flatMap((element) => attribute(element, 'href') ?? []) : [],
  };
}

const EVENING = {
  workerType: 'EXT',
  userCommittee: '302',
  startDate: '2026-12-10',
  endDate: '2026-12-10',
  startHour: '18:00',
  endHour: '23:00',
};
const FLEXI = { ...EVENING, workerType: 'FLX' };
const STUDENT = { workerType: 'STU', plannedHours: '38' };

describe('a fault of an IN stands beside its field', () => {
  const CASES: [code: string, field: string, fields: Record<string, string>][] = [
    ['00024-003', 'insz', { insz: '85.07.30-033.29' }],
    ['90017-363', 'insz', { ...EVENING, insz: '' }],
    ['90017-151', 'insz', { insz: '', givenName: '' }],
    ['00655-001', 'workerType', { workerType: '' }],
    ['90374-349', 'workerType', { workerType: 'BCW' }],
    ['00046-001', 'jointCommittee', { jointCommittee: '' }],
    ['00046-001', 'userCommittee', { userCommittee: '' }],
    ['00046-008', 'jointCommittee', { jointCommittee: '999' }],
    ['00046-008', 'userCommittee', { userCommittee: '322' }],
    ['00131-003', 'userNumber', { userNumber: '0566.988.258' }],
    ['00046-001', 'userCommittee', { userNumber: '', userCommittee: '' }],
    ['90107-351', 'userNumber', { userNumber: '' }],
    ['90107-352', 'userName', { userName: 'Brouwerij De Zwaan' }],
    ['00910-001', 'startDate', { startDate: '' }],
    ['00910-003', 'startDate', { startDate: '30/02/2026' }],
    ['00910-008', 'startDate', { startDate: '1919-12-31' }],
    ['00910-008', 'startDate', { ...FLEXI, startDate: '2027-04-05', endDate: '2027-04-05' }],
    ['00911-001', 'endDate', { endDate: '' }],
    ['00911-003', 'endDate', { endDate: 'Friday' }],
    ['00911-008', 'endDate', { endDate: '2040-01-01' }],
    ['00911-014', 'endDate', { endDate: '2026-11-23' }],
    ['00777-001', 'startHour', { ...EVENING, startHour: '' }],
    ['00777-003', 'startHour', { ...EVENING, startHour: 'noon' }],
    ['00777-005', 'startHour', { startHour: '08:00' }],
    ['00778-001', 'endHour', { ...FLEXI, endHour: '' }],
    ['00778-003', 'endHour', { ...EVENING, endHour: '25:00' }],
    ['00778-005', 'endHour', { endHour: '17:00' }],
    ['00778-345', 'endHour', { ...EVENING, endHour: '17:00' }],
    ['01135-001', 'plannedHours', { ...STUDENT, plannedHours: '' }],
    ['01135-003', 'plannedHours', { ...STUDENT, plannedHours: 'many' }],
    ['01135-005', 'plannedHours', { plannedHours: '8' }],
    ['90373-341', 'endDate', { ...EVENING, endDate: '2026-12-12' }],
    ['90373-421', 'endDate', { ...STUDENT, endDate: '2027-01-04' }],
  ];

  it.each(CASES)('%s: %s', async (code, field, fields) => {
    const wrongs = await wrongsOf(await draftOf(staff, { ...WEEK, ...fields }));
    const label = ANOMALIES[code]?.nl ?? '?';
    expect(wrongs.beside(field)).toContain(label);
    expect(wrongs.isMarked(field)).toBe(true);
    expect(wrongs.summary).toContain(label);
    expect(wrongs.links).toContain(`#${field}`);
  });

  it('so do duplicate, overlap and a third day in a row', async () => {
    const base = { ...WEEK, insz: '80010100124' };
    const insz = validInsz(800_101_001);
    await declareByForm(portal, staff, { ...base, insz });
    const again = await wrongsOf(await draftOf(staff, { ...base, insz }));
    expect(again.beside('startDate')).toContain(ANOMALIES['90373-333']?.nl);
    const longer = await wrongsOf(await draftOf(staff, { ...base, insz, endDate: '2026-11-28' }));
    expect(longer.beside('startDate')).toContain(ANOMALIES['90373-334']?.nl);
    const evening = (day: string) => ({ ...base, insz, ...EVENING, startDate: day, endDate: day });
    await declareByForm(portal, staff, evening('2026-12-01'));
    await declareByForm(portal, staff, evening('2026-12-02'));
    const third = await wrongsOf(await draftOf(staff, evening('2026-12-03')));
    expect(third.beside('startDate')).toContain(ANOMALIES['00910-459']?.nl);
  });

  it('somebody without INSZ is only told to be unknown when it is declared, and the attempt stays in the ledger', async () => {
    const nobody = { ...WEEK, insz: '', givenName: 'Nele', familyName: 'Nergens', birthDate: '1990-01-01' };
    const draft = await draftOf(staff, nobody);
    expect((await staff.get(draft)).body).toContain('Kijk je aangifte na');
    expect((await send(staff, draft)).headers.location).toBe(draft);
    const wrongs = await wrongsOf(draft);
    expect(wrongs.beside('insz')).toContain(ANOMALIES['90017-151']?.nl);
    const { rows } = await portal.db.query(`select sender from declarations where '90017-151' = any(anomalies)`);
    expect(rows).toEqual([{ sender: `staff:${staff.workerId}` }]);
  });
});

describe('a fault of a change', () => {
  const change = async (base: Record<string, string>, kind: string, fields: Record<string, string>) => {
    const insz = validInsz(800_101_100 + ++people);
    const { periodId } = await declareByForm(portal, staff, { ...WEEK, ...base, insz });
    return draftOf(staff, { ...(await standing(periodId, kind)), ...fields });
  };
  let people = 0;

  /** The hidden and shown fields of the form on a period, as a browser would send them. */
  async function standing(periodId: string, kind: string): Promise<Record<string, string>> {
    const { body } = await staff.get(`/agency/declarations/new?kind=${kind}&period=${periodId}`);
    const inputs = elementsOf(parse(body)).filter(({ tagName }) => tagName === 'input');
    return Object.fromEntries(inputs.map((input) => [attribute(input, 'name') ?? '', attribute(input, 'value') ?? '']));
  }

  const CASES: [string, string, Record<string, string>, string, Record<string, string>][] = [
    ['90378-360', 'startDate', {}, 'UPDATE', {}],
    ['00910-005', 'startDate', STUDENT, 'UPDATE', { startDate: '2026-11-25' }],
    ['00910-003', 'startDate', {}, 'UPDATE', { startDate: '2026-02-30' }],
    ['00911-014', 'endDate', {}, 'UPDATE', { endDate: '2026-11-20' }],
    ['00911-344', 'endDate', FLEXI, 'UPDATE', { endDate: '2026-12-11' }],
    ['00913-368', 'endDate', {}, 'UPDATE', { endDate: '9999-12-31' }],
    ['00777-003', 'startHour', EVENING, 'UPDATE', { startHour: 'noon' }],
    ['00778-345', 'endHour', EVENING, 'UPDATE', { endHour: '17:00' }],
    ['01135-003', 'plannedHours', STUDENT, 'UPDATE', { plannedHours: '1000' }],
    ['00911-001', 'endDate', {}, 'OUT', { endDate: '' }],
    ['00911-008', 'endDate', {}, 'OUT', { endDate: '1998-01-01' }],
    ['00911-014', 'endDate', {}, 'OUT', { endDate: '2026-11-20' }],
  ];

  it.each(CASES)('%s stands beside %s', async (code, field, base, kind, fields) => {
    const wrongs = await wrongsOf(await change(base, kind, fields));
    expect(wrongs.beside(field)).toContain(ANOMALIES[code]?.nl);
    expect(wrongs.links).toContain(`#${field}`);
  });

  it('duplicate and overlap with another period stand beside the start', async () => {
    const insz = validInsz(800_101_090);
    await declareByForm(portal, staff, { ...WEEK, insz });
    const next = { ...WEEK, insz, startDate: '2026-12-01', endDate: '2026-12-04' };
    const { periodId } = await declareByForm(portal, staff, next);
    const form = await standing(periodId, 'UPDATE');
    const same = await wrongsOf(
      await draftOf(staff, { ...form, startDate: WEEK.startDate ?? '', endDate: WEEK.endDate ?? '' }),
    );
    expect(same.beside('startDate')).toContain(ANOMALIES['90378-333']?.nl);
    const over = await wrongsOf(await draftOf(staff, { ...form, startDate: '2026-11-27' }));
    expect(over.beside('startDate')).toContain(ANOMALIES['90378-334']?.nl);
  });

  it('a period cancelled in between, or changed, is told at the top', async () => {
    const draft = await change({}, 'OUT', { endDate: '2026-11-25' });
    await portal.db.query('update relations set cancelled = true');
    const wrongs = await wrongsOf(draft);
    await portal.db.query('update relations set cancelled = false');
    expect(wrongs.summary).toContain(ANOMALIES['00913-355']?.nl);
    expect(wrongs.summary).toContain('intussen gewijzigd');
  });
});

/** The valid number of a made-up person born on 1 January 1980. */
function validInsz(base: number): string {
  return `${base}${String(97 - (base % 97)).padStart(2, '0')}`;
}
