import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/platform/db.ts';
import { rebuild } from '../../src/relations/rebuild.store.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';
import { addEnterprise, declare, recordsOf } from '../records.ts';
import { sketch, Teller, world } from './history.example.ts';

let database: TestDatabase;
let owner: Database;

beforeAll(async () => {
  database = await openTestDatabase();
  owner = openDatabase({ connection: { ...database.patient, user: 'postgres' }, log: { warn: () => undefined } });
  for (const [number, { nsso }] of world.directory) await addEnterprise(database, number, nsso);
  const teller = new Teller('2026-11-10');
  const sketches = fc.sample(sketch, { numRuns: 700, seed: 20261123 });
  for (let at = 0; at < sketches.length; at += 50) {
    const batch = sketches.slice(at, at + 50).map((s) => teller.tell(s));
    const outcomes = await declare(database.portal, ...batch);
    batch.forEach((d, n) => {
      const outcome = outcomes[n];
      if (outcome?.periodId) d.periodId ??= outcome.periodId;
      teller.hear(d, outcome?.result ?? 'B');
    });
  }
});
afterAll(async () => {
  await owner.close();
  await database.close();
});

const run = (sql: string) => database.db.query(sql);
const check = async () => (await rebuild(owner, true, () => undefined)).differing;
const relations = async () => (await recordsOf(database)).relations ?? [];

test('the rows that the intake keeps are what the ledger adds up to', async () => {
  const steps: [number, number][] = [];
  const before = await recordsOf(database);
  const { periods, differing } = await rebuild(owner, true, (done, total) => steps.push([done, total]));
  expect(differing).toEqual([]);
  expect(periods).toBe(before.relations?.length);
  expect(periods).toBeGreaterThan(100);
  expect(steps.at(-1)?.[0]).toBe(steps.at(-1)?.[1]);
  expect(await rebuild(owner, false, () => undefined)).toEqual({ periods, differing: [] });
  expect(await recordsOf(database)).toEqual(before);
});

describe('a row changed by hand is named, and made whole again', () => {
  let before: { period_id?: string }[] = [];
  let id = '';
  beforeEach(async () => {
    before = (await relations()) as typeof before;
    id = before[60]?.period_id ?? '';
  });

  test.each([
    ["update relations set start_date = start_date - 1 where period_id = 'ID'"],
    ["update relations set end_date = null where period_id = 'ID'"],
    ["update relations set planned_hours = 999 where period_id = 'ID'"],
    ["update relations set verdict = case verdict when 'late' then 'onTime' else 'late' end where period_id = 'ID'"],
    ["update relations set warnings = warnings || '{cancelledAfterStart}' where period_id = 'ID'"],
    ["update relations set anomalies = '{00026-348}' where period_id = 'ID'"],
    ["update relations set due_at = due_at + interval '1 millisecond' where period_id = 'ID'"],
    ["update relations set user_address = '{}' where period_id = 'ID'"],
    ["update relations set worker_id = (select max(worker_id) + 1 from workers) where period_id = 'ID'"],
    ["delete from relations where period_id = 'ID'"],
  ])('%s', async (sql) => {
    expect((await run(sql.replace('ID', id))).rowCount).toBe(1);
    expect(await check()).toEqual([id]);
    expect(await relations()).not.toEqual(before);
    expect((await rebuild(owner, false, () => undefined)).differing).toEqual([id]);
    expect(await relations()).toEqual(before);
    expect(await check()).toEqual([]);
  });

  test('a row without any declaration', async () => {
    await run(
      `insert into relations select '700000000000', worker_id, agency_number, joint_committee, worker_type, user_key, user_number, user_name, user_address, user_joint_committee, start_date, start_hour, end_date, end_hour, planned_hours, cancelled, verdict, received_at, decided_by, due_at, warnings, anomalies from relations where period_id = '${id}'`,
    );
    expect(await check()).toEqual(['700000000000']);
    await rebuild(owner, false, () => undefined);
    expect(await relations()).toEqual(before);
  });

  test('more of them than are named', async () => {
    const { rowCount } = await run('update relations set cancelled = not cancelled');
    expect(rowCount).toBeGreaterThan(20);
    expect(await check()).toHaveLength(20);
    await rebuild(owner, false, () => undefined);
    expect(await relations()).toEqual(before);
  });
});

test('the portal itself may not rebuild: it may not hold the ledger still', async () => {
  await expect(rebuild(database.portal, true, () => undefined)).rejects.toMatchObject({ code: '42501' });
});

test('a ledger longer than one reading, periods across its cuts, from nothing', async () => {
  const columns = 'kind, agency_number, insz, received_at, channel, result, anomalies, content';
  await run(`with one as (select * from declarations where kind = 'IN' and result = 'A' and not content ? 'formFaults' limit 1)
    insert into declarations (declaration_id, period_id, ${columns})
    select 'in' || n, '8' || lpad(n::text, 11, '0'), ${columns} from one, generate_series(1, 7777) n`);
  await run(`insert into declarations (declaration_id, period_id, ${columns})
    select 'out' || n, '8' || lpad(n::text, 11, '0'), 'CANCEL', agency_number, insz, received_at, channel, result, anomalies, '{"employer":{}}'
    from declarations, generate_series(1, 7777) n where declaration_id = 'in1'`);
  await run('truncate relations');
  const { periods, differing } = await rebuild(owner, false, () => undefined);
  expect(differing).toHaveLength(20);
  const rows = (await relations()) as { period_id: string; cancelled: boolean }[];
  expect(rows).toHaveLength(periods);
  const made = rows.filter(({ period_id: id }) => id.startsWith('8'));
  expect([made.length, made.every(({ cancelled }) => cancelled)]).toEqual([7777, true]);
  expect(await check()).toEqual([]);
});
