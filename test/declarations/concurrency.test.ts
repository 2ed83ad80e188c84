import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Declaration } from '../../src/declarations/declaration.ts';
import { type Intake, intake } from '../../src/declarations/declarations.actions.ts';
import type { About, Outcome } from '../../src/declarations/declarations.batch.ts';
import { declarationsStore } from '../../src/declarations/declarations.store.ts';
import { type Database, openDatabase } from '../../src/platform/db.ts';
import { projectionStore } from '../../src/relations/projection.store.ts';
import { rebuild } from '../../src/relations/rebuild.store.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';
import { addEnterprise, inszNumber, intakeOf, NOW, told } from '../records.ts';
import { agency, change, otherAgency, temp } from './intake.example.ts';

/** Two portals, each with two intakes that know nothing of each other: what the database alone must decide. */
let database: TestDatabase;
let second: Database;
let owner: Database;
let intakes: Intake[];
const about: About = { channel: 'service', now: NOW };
const silent = { warn: () => undefined };

beforeAll(async () => {
  database = await openTestDatabase();
  second = openDatabase({ connection: database.patient, log: silent });
  owner = openDatabase({ connection: { ...database.patient, user: 'postgres' }, log: silent });
});
afterAll(async () => {
  await Promise.all([second.close(), owner.close()]);
  await database.close();
});
beforeEach(async () => {
  await database.db.query('truncate declarations, relations, workers, worker_numbers, enterprises cascade');
  await addEnterprise(database, agency, '935467');
  await addEnterprise(database, otherAgency);
  intakes = [database.portal, second, database.portal, second].map(intakeOf);
});

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const count = async (sql: string) => (await database.db.query(`select count(*)::int as n from ${sql}`)).rows[0].n;
const differing = async () => (await rebuild(owner, true, () => undefined)).differing;
const declare = (at: number, ...declarations: Declaration[]): Promise<Outcome[]> =>
  (intakes[at % intakes.length] as Intake).receive(
    declarations.map((declaration) => ({ declaration, sourceKey: null })),
    about,
  );
/** Pairs of live periods that the rules let no two be; an OUT is not compared with others. */
const CLASHES = `relations a join relations b using (worker_id, agency_number, worker_type, user_key)
  where a.period_id < b.period_id and not a.cancelled and not b.cancelled and a.start_date <= b.end_date and b.start_date <= a.end_date
    and not exists (select from declarations d where d.kind = 'OUT' and d.result <> 'B' and d.period_id in (a.period_id, b.period_id))`;

/** The same numbers every time, spread like chance. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test('of two hundred equal declarations for each of eight workers one is accepted, the others are duplicates', async () => {
  const sent = times(1600, (i) => ({ worker: i % 8, at: i }));
  const answers = await Promise.all(
    sent.map(async ({ worker, at }) => {
      const [outcome] = await declare(at >> 3, temp({ worker: { insz: inszNumber(worker) } }));
      return { worker, answer: told(outcome as Outcome) };
    }),
  );
  for (const worker of times(8, (i) => i)) {
    const his = answers.filter((one) => one.worker === worker).map(({ answer }) => answer);
    expect(his.filter((answer) => answer === 'A')).toHaveLength(1);
    expect(his.filter((answer) => answer === 'B 90373-333')).toHaveLength(199);
  }
  expect([await count('workers'), await count('worker_numbers'), await count('relations')]).toEqual([8, 8, 8]);
  expect(await count('declarations')).toBe(1600);
  expect(await count('workers where version = 1')).toBe(8);
  expect(await differing()).toEqual([]);
});

test.each([1, 2, 3])('whatever is declared at once from everywhere, the rules hold (%i)', async (seed) => {
  const roll = dice(seed);
  const begun: string[] = [];
  const day = (n: number) => `2026-12-${String(n + 1).padStart(2, '0')}`;
  const one = (): Declaration => {
    const start = roll(20);
    const days = { startDate: day(start), endDate: day(start + roll(5)) };
    const periodId = begun[roll(begun.length)];
    const employer = { enterpriseNumber: roll(4) ? agency : otherAgency };
    const kind = (['IN', 'IN', 'IN', 'UPDATE', 'UPDATE', 'OUT', 'CANCEL'] as const)[roll(7)] ?? 'IN';
    if (kind === 'IN' || periodId === undefined)
      return temp({ ...days, employer, worker: { insz: inszNumber(roll(6)), familyName: `N${roll(3)}` } });
    if (kind === 'OUT') return change('OUT', { periodId, employer, endDate: days.endDate });
    return change(kind, { periodId, employer, ...(kind === 'UPDATE' && days) });
  };
  const loops = times(12, async (loop) => {
    for (let round = 0; round < 15; round++) {
      const outcomes = await declare(loop, ...times(1 + roll(loop % 3 ? 4 : 60), one));
      for (const { periodId, result } of outcomes) if (periodId && result !== 'B') begun.push(periodId);
    }
  });
  await Promise.all(loops);
  expect(await count("declarations where result <> 'B'")).toBeGreaterThan(100);
  expect(await count(CLASHES)).toBe(0);
  expect(await differing()).toEqual([]);
});

test('a period id begun for two workers at once is one worker’s', async () => {
  for (const n of times(40, (i) => i)) {
    const periodId = `6563092${n}`;
    const both = times(4, (at) => declare(at, temp({ periodId, worker: { insz: inszNumber(n * 4 + at) } })));
    const answers = (await Promise.all(both)).flat().map(told).sort();
    expect(answers).toEqual(['A', 'B 90373-333', 'B 90373-333', 'B 90373-333']);
  }
  expect([await count('relations'), await count('workers')]).toEqual([40, 40]);
  expect(await differing()).toEqual([]);
});

test('one source key from everywhere is one declaration, and with another body nothing', async () => {
  const body = (at: number, fingerprint: string) =>
    (intakes[at % 4] as Intake).receive([{ declaration: temp(), sourceKey: 'idem:1', fingerprint }], about);
  const answers = await Promise.all(times(40, (at) => body(at >> 1, 'one')));
  expect(new Set(answers.flat().map(({ declarationId }) => declarationId)).size).toBe(1);
  expect(answers.flat().filter((answer) => answer.change !== null)).toHaveLength(1);
  const beside = await Promise.allSettled([body(0, 'two'), body(0, 'one'), declare(0, temp())]);
  expect(beside.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(beside[0]).toMatchObject({ reason: { name: 'KeyReused' } });
  expect(await count('declarations')).toBe(2);
});

test('what the database cannot hold is the fault of its own sender only', async () => {
  const broken = temp({ worker: { insz: inszNumber(1), familyName: 'a\u0000b' } });
  const all = await Promise.allSettled([
    declare(0, temp()),
    declare(0, broken),
    declare(0, temp()),
    declare(0, broken),
  ]);
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
  expect(await count('declarations')).toBe(2);
});

describe('when somebody always comes between', () => {
  /** An intake before each of whose writings something happens. */
  const disturbed = (disturb: (writing: number) => Promise<unknown>) => {
    let writings = 0;
    const store = { ...declarationsStore };
    store.write = async (...how) => {
      await disturb(++writings);
      return declarationsStore.write(...how);
    };
    return { one: intake(second, store, projectionStore), writings: () => writings };
  };
  const received = [{ declaration: temp(), sourceKey: null }];

  test('an intake makes the others wait and ends all the same', async () => {
    await declare(0, temp({ startDate: '2026-12-07', endDate: '2026-12-07' }));
    const { one, writings } = disturbed((writing) =>
      writing <= 6 ? database.db.query('update workers set version = version + 1') : Promise.resolve(),
    );
    expect((await one.receive(received, about)).map(told)).toEqual(['A']);
    expect(writings()).toBe(7);
    expect(await count('declarations')).toBe(2);
  });

  test('a worker made known meanwhile is that worker', async () => {
    const { one } = disturbed((writing) => (writing === 1 ? declare(0, temp()) : Promise.resolve()));
    expect((await one.receive(received, about)).map(told)).toEqual(['B 90373-333']);
    expect(await count('workers')).toBe(1);
    expect(await differing()).toEqual([]);
  });

  test('a fault of the database is told, not tried again', async () => {
    const { one, writings } = disturbed(() => database.db.query('select from there_is_none'));
    await expect(one.receive(received, about)).rejects.toMatchObject({ code: '42P01' });
    expect(writings()).toBe(1);
  });
});

test('a preview answers as the intake would, and keeps nothing', async () => {
  const [desk] = intakes as [Intake];
  expect(told(await desk.preview(temp(), about))).toBe('A');
  expect([await count('declarations'), await count('workers')]).toEqual([0, 0]);
  await declare(1, temp());
  expect(told(await desk.preview(temp(), about))).toBe('B 90373-333');
  expect(await count('declarations')).toBe(1);
});
