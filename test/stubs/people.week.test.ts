import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInsz } from '../../src/platform/ids.ts';
import { FIRMS } from '../../src/stubs/people.companies.ts';
import { DEMO_DESK } from '../../src/stubs/people.list.ts';
import { demoStaff } from '../../src/stubs/people.staff.ts';
import { demoWeek } from '../../src/stubs/people.week.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';
import { addEnterprise, intakeOf } from '../records.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  for (const { enterpriseNumber, listed } of Object.values(FIRMS))
    if (listed && enterpriseNumber) await addEnterprise(database, enterpriseNumber);
});
afterAll(() => database.close());

const rows = async (sql: string) => (await database.db.query(sql)).rows;
const week = (today: string, now: string) => demoWeek(intakeOf(database.portal), { today, now });
const count = async () => (await rows('select count(*)::int as n from declarations'))[0].n;

describe('the week at the desks of the demo', () => {
  it('is told up to now, and goes on later in the week without declaring anything twice', async () => {
    await week('2026-11-23', '2026-11-23T06:00:00Z');
    const monday = await count();
    await week('2026-11-23', '2026-11-23T06:00:00Z');
    expect(await count()).toBe(monday);
    const late = await rows(`select from declarations where received_at >= '2026-11-23T06:00:00Z'`);
    expect(late).toEqual([]);
    await week('2026-11-29', '2026-11-29T22:00:00Z');
    expect(await count()).toBeGreaterThan(monday);
    const whole = await count();
    await week('2026-11-27', '2026-11-27T22:00:00Z');
    expect(await count()).toBe(whole);
  });

  it('has what a desk looks for: refused for different reasons, late, cancelled, changed, starts on every day', async () => {
    const found = await rows('select kind, result, anomalies, insz from declarations order by seq');
    const refused = found.filter(({ result }) => result === 'B').map(({ anomalies }) => String(anomalies));
    expect([...new Set(refused)].sort()).toEqual([
      '00131-003',
      '00777-001,00778-001',
      '00911-001',
      '00911-014',
      '01135-001',
      '90373-333',
    ]);
    expect(found.filter(({ anomalies }) => String(anomalies) === '90373-460')).toHaveLength(4);
    expect(
      found
        .filter(({ kind, result }) => kind !== 'IN' && result === 'A')
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['CANCEL', 'UPDATE']);
    expect(found.filter(({ insz }) => insz !== null && !isInsz(insz, 2026))).toEqual([]);
    const tempo = FIRMS.tempo.enterpriseNumber;
    const starts = await rows(
      `select distinct start_date::text from relations where agency_number = '${tempo}' and start_date between '2026-11-23' and '2026-11-29'`,
    );
    expect(starts).toHaveLength(7);
  });

  it('begins anew next week', async () => {
    const before = await count();
    await week('2026-11-30', '2026-11-30T06:00:00Z');
    expect(await count()).toBeGreaterThan(before + 5);
  });
});

it('its staff is added once, and whoever was taken off stays away', async () => {
  const owner = await database.db.connect();
  await demoStaff(owner, '2026-11-23T00:00:00Z');
  const acting = () =>
    rows(`select w.family_name, s.right_held from agency_staff s join workers w using (worker_id) order by 1`);
  expect(await acting()).toEqual([
    { family_name: 'Dubois', right_held: 'declare' },
    { family_name: 'Jacobs', right_held: 'view' },
    { family_name: 'Peeters', right_held: 'manage' },
  ]);
  await database.db.query(`delete from agency_staff where right_held = 'view'`);
  await demoStaff(owner, '2026-11-24T00:00:00Z');
  expect(await acting()).toHaveLength(2);
  const agents = () => rows('select w.family_name from support_agents join workers w using (worker_id)');
  expect(await agents()).toEqual([{ family_name: 'Claes' }]);
  await database.db.query('delete from support_agents');
  await demoStaff(owner, '2026-11-24T00:00:00Z');
  expect(await agents()).toEqual([]);
  owner.release();
  expect(DEMO_DESK).toHaveLength(3);
});
