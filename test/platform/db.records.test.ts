import { afterAll, beforeAll, expect, test } from 'vitest';
import { instantOfJson, recordsOf } from '../../src/platform/db.records.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const NASTY = ['', ' ', 'null', 'NULL', '"', '\\', '\\"', '""', ',', '(),{}', "O'Brien", 'a\nb\r\tc', 'Žižka 🙂', '$1'];

test('a list of records is read back as it was, whatever stands in it', async () => {
  const rows = NASTY.map((text, place) => ({
    period_id: text,
    user_name: null,
    user_address: { street: text, number: null },
    start_date: '2028-02-29',
    planned_hours: place,
    cancelled: place % 2 === 0,
    anomalies: [text, 'and', text],
  }));
  const columns = Object.keys(rows[0] ?? {});
  const list = recordsOf(rows.map((row) => Object.values(row)));
  await database.db.query(`create type of_test as (period_id text, user_name text, user_address jsonb, start_date text,
    planned_hours smallint, cancelled boolean, anomalies text[])`);
  const { rows: read } = await database.db.query(`select ${columns} from unnest($1::of_test[])`, [list]);
  expect(read).toEqual(rows);
});

test('of a list of none comes none', async () => {
  const { rows } = await database.db.query('select * from unnest($1::told_worker[])', [recordsOf([])]);
  expect(rows).toEqual([]);
});

test.each([
  ['2026-11-23T17:03:11.25+00:00', '2026-11-23T17:03:11.25Z'],
  ['2026-11-23T17:03:11Z', '2026-11-23T17:03:11Z'],
  ['2026-11-23T18:03:11+01:00', '2026-11-23T18:03:11+01:00'],
  [null, null],
])('an instant out of JSON ends in Z when it is in UTC: %s', (text, instant) =>
  expect(instantOfJson(text)).toBe(instant),
);
