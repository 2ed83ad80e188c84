import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Declaration } from '../../src/declarations/declaration.ts';
import { type Database, openDatabase } from '../../src/platform/db.ts';
import { rebuild } from '../../src/relations/rebuild.store.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';
import { addEnterprise, declare, inszNumber, receive, recordsOf, told } from '../records.ts';
import { agency, change, evening, insz, otherAgency, otherInsz, student, temp, without } from './intake.example.ts';

let database: TestDatabase;
let portal: Database;

beforeAll(async () => {
  database = await openTestDatabase();
  portal = database.portal;
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.query('truncate declarations, relations, workers, worker_numbers, enterprises cascade');
  await addEnterprise(database, agency, '935467');
  await addEnterprise(database, otherAgency);
});

const count = async (sql: string) => (await database.db.query(`select count(*)::int as n from ${sql}`)).rows[0].n;
const differing = async () => {
  const owner = openDatabase({
    connection: { ...database.patient, user: 'postgres' },
    log: { warn: () => undefined },
  });
  try {
    return (await rebuild(owner, true, () => undefined)).differing;
  } finally {
    await owner.close();
  }
};

describe('a declaration that is sent again', () => {
  test('with its id gets its first answer, even when it says something else, and changes nothing', async () => {
    const first = await declare(
      portal,
      temp({ declarationId: '656309292275', periodId: '656309292174', receivedAt: '2026-11-24T09:00:00Z' }),
    );
    expect(first).toEqual([
      { declarationId: '656309292275', periodId: '656309292174', result: 'W', anomalies: ['90373-460'] },
    ]);
    const before = await recordsOf(database);
    const again = [
      temp({ declarationId: '656309292275' }),
      change('CANCEL', { declarationId: '656309292275', periodId: '656309292174' }),
    ];
    expect(await declare(portal, ...again)).toEqual([...first, ...first]);
    expect(await recordsOf(database)).toEqual(before);
  });

  test('in the same batch gets the first answer too', async () => {
    const d = temp({ declarationId: '656309292275' });
    const [first, second, third] = await declare(portal, d, { ...d, workerType: 'STU' }, student());
    expect(second).toEqual(first);
    expect(third).toMatchObject({ result: 'A' });
    expect(await count('declarations')).toBe(2);
  });

  test('refused, is refused again with the same codes', async () => {
    const d = without(temp({ declarationId: '656309292275' }), 'endDate');
    const [first] = await declare(portal, d);
    expect(first).toEqual({ declarationId: '656309292275', periodId: null, result: 'B', anomalies: ['00911-001'] });
    expect(await declare(portal, temp({ declarationId: '656309292275' }))).toEqual([first]);
  });

  test('without an id is known by the place it came from', async () => {
    const one = (sourceKey: string, declaration: Declaration) => ({ sourceKey, declaration });
    const [first] = await receive(portal, [one('file:1', temp())]);
    const answers = await receive(portal, [one('file:1', temp()), one('file:2', temp()), one('file:2', student())]);
    expect(answers[0]).toEqual(first);
    expect(answers.slice(1).map(told)).toEqual(['B 90373-333', 'B 90373-333']);
    expect(await count('declarations')).toBe(2);
  });
});

describe('the period id of an IN', () => {
  const taken = { periodId: '656309292174' };

  test('is given by the portal where there is none, and not kept of a refused one', async () => {
    const [given, refused] = await declare(portal, temp(), without(temp(taken), 'endDate'));
    expect(given?.periodId).toMatch(/^9\d{11}$/);
    expect(refused?.periodId).toBeNull();
    expect(await count("declarations where result = 'B' and period_id is not null")).toBe(0);
    expect((await declare(portal, student(taken))).map(told)).toEqual(['A']);
  });

  test.each<[string, Declaration]>([
    ['of the same worker', temp({ ...taken, startDate: '2026-12-07', endDate: '2026-12-11' })],
    ['of another', temp({ ...taken, worker: { insz: otherInsz } })],
    ['by another agency', temp({ ...taken, employer: { enterpriseNumber: otherAgency } })],
    ['overlapping it besides', temp({ ...taken, startDate: '2026-11-25', endDate: '2026-11-25' })],
    ['late besides', temp({ ...taken, receivedAt: '2027-01-05T09:00:00Z' })],
  ])('that is taken is a duplicate: %s', async (_, again) => {
    const elsewhere = temp({ startDate: '2026-11-28', endDate: '2026-11-29' });
    const answers = await declare(portal, temp(taken), elsewhere, again);
    expect(answers.map(told)).toEqual(['A', 'A', 'B 90373-333']);
    expect((await declare(portal, change('CANCEL', taken), again)).map(told)).toEqual(['A', 'B 90373-333']);
    expect(await count("relations where period_id = '656309292174' and start_date = '2026-11-23'")).toBe(1);
    expect(await differing()).toEqual([]);
  });

  test('is never begun for two workers by two intakes at once', async () => {
    const [one, another] = [temp(taken), temp({ ...taken, worker: { insz: otherInsz } })];
    await Promise.allSettled([declare(portal, one), declare(portal, another)]);
    expect(await count("declarations where period_id = '656309292174' and result <> 'B'")).toBe(1);
    expect((await declare(portal, another)).map(told)).toEqual(['B 90373-333']);
    expect(await differing()).toEqual([]);
  });
});

describe('a person', () => {
  const name = { givenName: 'Çelik', familyName: 'Øst', birthDate: '1985-07-30' };
  const named = (worker: Declaration['worker'], day: string) =>
    temp({ worker: worker as never, startDate: day, endDate: day });

  test('without INSZ is the one known by name and birth date, in capitals or not, in this batch or before', async () => {
    const capitals = { ...name, givenName: 'ÇELIK', familyName: 'ØST' };
    const together = await declare(
      portal,
      named(name, '2026-12-01'),
      named({ insz, ...name }, '2026-12-02'),
      named(capitals, '2026-12-03'),
    );
    expect(together.map(told)).toEqual(['B 90017-151', 'A', 'A']);
    const later = await declare(
      portal,
      named(name, '2026-12-04'),
      named({ ...capitals, insz: '00000000000' }, '2026-12-07'),
    );
    expect(later.map(told)).toEqual(['A', 'A']);
    expect(await count(`relations join workers using (worker_id) where insz = '${insz}'`)).toBe(4);
    expect(await count(`declarations where insz = '${insz}'`)).toBe(4);
    expect(await differing()).toEqual([]);
  });

  test.each<[string, Declaration['worker']]>([
    ['another birth date', { ...name, birthDate: '1985-07-31' }],
    ['another given name', { ...name, givenName: 'Jan' }],
    ['no birth date', { givenName: 'Çelik', familyName: 'Øst' }],
    ['nothing', {}],
  ])('of whom no declared worker has %s is not identified', async (_, worker) => {
    const answers = await declare(portal, named({ insz, ...name }, '2026-12-01'), named(worker, '2026-12-02'));
    expect(answers.map(told)).toEqual(['A', 'B 90017-151']);
  });

  test('whose name and birth date two workers bear is neither of them', async () => {
    const both = [named({ insz, ...name }, '2026-12-01'), named({ insz: otherInsz, ...name }, '2026-12-01')];
    expect((await declare(portal, ...both, named(name, '2026-12-02'))).map(told)).toEqual(['A', 'A', 'B 90017-151']);
    expect((await declare(portal, named(name, '2026-12-02'))).map(told)).toEqual(['B 90017-151']);
  });

  test('keeps the name that was told first, whatever the batches', async () => {
    const other = { ...name, familyName: 'Peeters' };
    await declare(portal, named({ insz, familyName: 'Øst' }, '2026-12-01'), named({ insz, ...other }, '2026-12-02'));
    const answers = await declare(
      portal,
      named({ insz, ...other }, '2026-12-03'),
      named(other, '2026-12-04'),
      named(name, '2026-12-07'),
    );
    expect(answers.map(told)).toEqual(['A', 'B 90017-151', 'A']);
  });

  test('stays unknown by refused declarations alone, and known once one is accepted', async () => {
    const refused = [without(temp(), 'endDate'), temp({ worker: { insz: otherInsz }, startDate: '2026-11-30' })];
    expect((await declare(portal, ...refused)).map(({ result }) => result)).toEqual(['B', 'B']);
    expect(await count('workers')).toBe(0);
    expect(await count('worker_numbers')).toBe(0);
    await declare(portal, refused[0] as Declaration, temp());
    expect(await count(`workers where insz = '${insz}'`)).toBe(1);
  });

  test('with two numbers is one worker: neither a double nor an overlap slips through', async () => {
    await declare(portal, temp());
    await database.db.query(`insert into worker_numbers select '${otherInsz}', worker_id from workers`);
    expect((await declare(portal, temp({ worker: { insz: otherInsz } }))).map(told)).toEqual(['B 90373-333']);
    expect((await declare(portal, student({ worker: { insz: otherInsz } }))).map(told)).toEqual(['A']);
    expect(await count('workers')).toBe(1);
    expect(await differing()).toEqual([]);
  });
});

test.each([
  ['a day outside the calendar of any database', '0001-01-01', '9999-12-31', '00910-008 00911-008'],
  ['the last day', '2026-11-23', '9999-12-30', '00911-008'],
])('a mistaken year is an anomaly, not a fault: %s', async (_, startDate, endDate, codes) => {
  expect((await declare(portal, temp({ startDate, endDate }), temp())).map(told)).toEqual([`B ${codes}`, 'A']);
});

test('a period found years away stands in the way all the same', async () => {
  const openEnded = without(temp({ jointCommittee: 'XXX', startDate: '2020-01-06' }), 'endDate', 'userCompany');
  await declare(portal, openEnded);
  expect((await declare(portal, { ...openEnded, startDate: '2026-01-06', endDate: '2026-01-06' })).map(told)).toEqual([
    'B 90373-334',
  ]);
});

test.each([
  ['2026-11-23', '2026-11-24', '2026-11-25'],
  ['2026-11-25', '2026-11-24', '2026-11-23'],
  ['2026-11-23', '2026-11-25', '2026-11-24'],
])('days that lie in other batches count for the third day in a row: %s, %s, %s', async (...days) => {
  const answers: string[] = [];
  for (const day of days) answers.push(...(await declare(portal, evening(day))).map(told));
  expect(answers).toEqual(['A', 'A', 'B 00910-459']);
});

describe('many intakes at once', () => {
  const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

  test('the same IN from everywhere is accepted once, the others are duplicates', async () => {
    const loops = times(8, async () => {
      const answers: string[] = [];
      for (let i = 0; i < 25; i++) answers.push(...(await declare(portal, temp())).map(told));
      return answers;
    });
    const answers = (await Promise.all(loops)).flat();
    expect(answers.filter((answer) => answer === 'A')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'B 90373-333')).toHaveLength(199);
    expect(await count('workers')).toBe(1);
  });

  test('the same declaration from everywhere is kept once and answered alike', async () => {
    const d = temp({ declarationId: '656309292275' });
    const answers = await Promise.all(times(24, () => declare(portal, d)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await count('declarations')).toBe(1);
  });

  test('batches that name the same workers in any order never deadlock', async () => {
    const days = ['2026-12-01', '2026-12-02', '2026-12-03'];
    const loops = times(8, async (loop) => {
      for (const day of days) {
        const workers = times(12, (n) => inszNumber((n * (loop * 2 + 1)) % 12));
        const batch = workers.map((number, n) =>
          temp({ worker: { insz: number }, startDate: day, endDate: n === 3 ? '2026-01-01' : day }),
        );
        await declare(portal, ...batch);
      }
    });
    await Promise.all(loops);
    expect(await count('workers')).toBe(12);
    expect(await count('relations')).toBe(36);
    expect(await count("declarations where result <> 'B'")).toBe(36);
    expect(await differing()).toEqual([]);
  });

  test('new workers are made in one order, whatever the batches: nobody waits crosswise', async () => {
    const batch = times(12, (n) => temp({ worker: { insz: inszNumber(n) } }));
    const blocker = await database.db.connect();
    await blocker.query('begin');
    await blocker.query('insert into workers (insz) values ($1)', [inszNumber(6)]);
    const both = [declare(portal, ...batch), declare(portal, ...batch.toReversed())];
    while ((await count("pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")) < 2);
    await blocker.query('rollback');
    blocker.release();
    const answers = (await Promise.all(both)).flat().map(told).sort();
    expect(answers).toEqual([...Array(12).fill('A'), ...Array(12).fill('B 90373-333')]);
  });

  test('changes of one period add up in the order of the ledger', async () => {
    const [begun] = await declare(portal, student());
    const periodId = begun?.periodId as string;
    const loops = times(8, async (loop) => {
      for (let i = 1; i <= 10; i++) await declare(portal, change('UPDATE', { periodId, plannedHours: loop * 10 + i }));
    });
    await Promise.all(loops);
    expect(await count("declarations where kind = 'UPDATE' and result = 'A'")).toBe(80);
    expect(await differing()).toEqual([]);
  });
});

describe('the ledger is append-only for the portal', () => {
  const client = async (sql: string) => {
    const own = await portal.connect();
    try {
      return await own.query(sql).then(
        () => 'done',
        (error: { code?: string }) => error.code,
      );
    } finally {
      await own.end();
    }
  };

  test.each(['declarations', 'access_rows', 'access_rows_2026_11', 'access_rows_later'])('%s', async (table) => {
    const column = table === 'declarations' ? 'result' : 'purpose';
    for (const sql of [
      `update ${table} set ${column} = 'A'`,
      `delete from ${table}`,
      `truncate ${table}`,
      `drop table ${table}`,
      `alter table ${table} add x int`,
    ]) {
      expect(await client(sql), sql).toBe('42501');
    }
  });

  test('nor may it own, make or lift anything', async () => {
    expect(await client('create table mine (n int)')).toBe('42501');
    expect(await client('set role postgres')).toBe('42501');
    expect(await client('set session_replication_role = replica')).toBe('42501');
  });
});
