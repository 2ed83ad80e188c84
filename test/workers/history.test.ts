import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Declaration } from '../../src/declarations/declaration.ts';
import { signIn } from '../../src/identity/sign-in.actions.ts';
import { addDays } from '../../src/platform/calendar-days.ts';
import { type Database, openDatabase } from '../../src/platform/db.ts';
import { rebuild } from '../../src/relations/rebuild.store.ts';
import { changeNumber } from '../../src/workers/number-change.actions.ts';
import { numberChangeStore } from '../../src/workers/number-change.store.ts';
import { personStore } from '../../src/workers/person.store.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';
import { agency, temp } from '../declarations/intake.example.ts';
import { addEnterprise, declare, inszNumber, NOW, told } from '../records.ts';

let database: TestDatabase;
let owner: Database;
let others: Database[];
const log = { warn: () => undefined };

beforeAll(async () => {
  database = await openTestDatabase();
  owner = openDatabase({ connection: { ...database.patient, user: 'postgres' }, log });
  others = [1, 2].map(() => openDatabase({ connection: database.patient, log }));
  await addEnterprise(database, agency);
});
afterAll(async () => {
  await Promise.all([owner, ...others].map((db) => db.close()));
  await database.close();
});

let used = 0;
/** Numbers that nobody had yet. */
const numbers = (count: number): string[] => Array.from({ length: count }, () => inszNumber(++used));
const at = <T>(all: T[], n: number): T => all[n % all.length] as T;
const change = (db: Database, oldInsz: string, newInsz: string) => {
  const person = { givenName: null, familyName: null, birthDate: null };
  return changeNumber(db, numberChangeStore, { oldInsz, newInsz, effectiveOn: null, person }, NOW);
};
const signInAs = (db: Database, insz: string) => {
  const who = { insz, givenName: 'Zoë', familyName: 'Maes', method: 'eid', assurance: 500, evidence: {} } as const;
  return signIn({ db, persons: personStore }, { who, now: NOW, secret: 'a secret', replaces: null, requestId: 'test' });
};
const differing = async () => (await rebuild(owner, true, () => undefined)).differing;
const day = (n: number) => addDays('2026-11-24', n);
const week = (insz: string, from: number, length: number): Declaration =>
  temp({ worker: { insz }, startDate: day(from), endDate: day(from + length), receivedAt: NOW });

/** Everything that the worker of a number has, without what is each period's and worker's own. */
async function relationsOf(insz: string): Promise<unknown[]> {
  const { rows } = await database.db.query(
    `select r.* from relations r join worker_numbers n using (worker_id) where n.insz = $1
     order by start_date, end_date, cancelled, warnings, verdict`,
    [insz],
  );
  return rows.map(({ period_id: _, worker_id: __, decided_by: ___, ...rest }) => rest);
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('IN' as const), by: fc.nat(2), from: fc.nat(9), length: fc.nat(3) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('UPDATE' as const, 'CANCEL' as const),
      by: fc.nat(2),
      of: fc.nat(20),
      from: fc.nat(9),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('change' as const) }) },
);

test('a person whose number changes has the history of one who kept his number', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 18 }), async (steps) => {
      const changing = numbers(3);
      const [steady = ''] = numbers(1);
      const periods: [string[], string[]] = [[], []];
      let known = 0;
      for (const one of steps) {
        if (one.kind === 'change') {
          if (known < 2)
            expect((await change(database.portal, at(changing, known), at(changing, ++known))).result).not.toBe(
              'refused',
            );
          continue;
        }
        const told: string[] = [];
        for (const [which, insz] of [at(changing, one.by % (known + 1)), steady].entries()) {
          const mine = periods[which as 0 | 1];
          const d: Declaration =
            one.kind === 'IN'
              ? week(insz, one.from, one.length)
              : {
                  kind: one.kind,
                  receivedAt: NOW,
                  employer: { enterpriseNumber: agency },
                  worker: { insz },
                  periodId: mine.length > 0 ? at(mine, one.of) : '512345678901',
                  ...(one.kind === 'UPDATE' && { endDate: day(one.from) }),
                };
          const [outcome] = await declare(database.portal, d);
          if (one.kind === 'IN' && outcome?.periodId) mine.push(outcome.periodId);
          told.push(outcome ? `${outcome.result} ${outcome.anomalies}` : 'no answer');
        }
        expect(told[0]).toBe(told[1]);
      }
      expect(await relationsOf(at(changing, known))).toEqual(await relationsOf(steady));
    }),
    { numRuns: 25 },
  );
  expect(await differing()).toEqual([]);
});

test('numbers used before anybody knew that they are one person’s come to the same, told in whatever order', async () => {
  const order = fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 });
  const uses = fc.array(fc.nat(3), { minLength: 3, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(order, uses, fc.nat(8), async (links, by, late) => {
      const changing = numbers(4);
      const [steady = ''] = numbers(1);
      const link = async () => {
        for (const n of links)
          expect((await change(database.portal, at(changing, n), at(changing, n + 1))).result).not.toBe('refused');
      };
      for (const [n, who] of by.entries()) {
        if (n === late) await link();
        await declare(database.portal, week(at(changing, who), 3 * n, 2), week(steady, 3 * n, 2));
      }
      if (late >= by.length) await link();
      for (const insz of changing) expect(await relationsOf(insz)).toEqual(await relationsOf(steady));
      const { rows } = await database.db.query('select from workers where insz = any($1)', [changing]);
      expect(rows).toHaveLength(1);
    }),
    { numRuns: 25 },
  );
  expect(await differing()).toEqual([]);
});

/** Does all work, so many at a time: more would wait for a connection, not for each other. */
async function atOnce<T>(lanes: number, all: (() => Promise<T>)[]): Promise<T[]> {
  const waiting = [...all];
  const done: T[] = [];
  const lane = async () => {
    for (let work = waiting.shift(); work !== undefined; work = waiting.shift()) done.push(await work());
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return done;
}

test('changes of number while declarations come in: no fault, nothing lost, nobody’s left over', async () => {
  const people = Array.from({ length: 6 }, () => numbers(4));
  const portals = [database.portal, ...others];
  const before = Number((await database.db.query('select count(*) from relations')).rows[0].count);
  const intakes = people.flatMap((mine, p) =>
    Array.from({ length: 24 }, (_, n) => () => {
      // two people in one batch, in either order
      const other = at(at(people, p + 1), n);
      const batch = [week(at(mine, n), 3 * n, 1), week(other, 100 + 3 * (24 * p + n), 1)];
      return declare(at(portals, n + p), ...(n % 2 === 0 ? batch : batch.reverse()));
    }),
  );
  const changes = people.flatMap((mine, p) =>
    [2, 0, 1].map((n) => async () => {
      const { result } = await change(at(portals, p + n), at(mine, n), at(mine, n + 1));
      expect(['merged', 'linked']).toContain(result);
      return [];
    }),
  );
  // two cards of one person, signing in meanwhile
  const signIns = people.flatMap((mine, p) =>
    [0, 1, 2, 3].map((n) => async () => {
      await signInAs(at(portals, p), at(mine, n));
      return [];
    }),
  );
  const all = [...intakes];
  for (const [n, one] of signIns.entries()) all.splice(3 + n * 6, 0, one);
  for (const [n, one] of changes.entries()) all.splice(5 + n * 8, 0, one);
  const answers = (await atOnce(9, all)).flat();
  expect(answers.map(told).filter((one) => one !== 'A')).toEqual([]);
  expect(answers).toHaveLength(2 * intakes.length);

  const { rows: kept } = await database.db.query(
    `select count(*)::int as n, count(w.worker_id)::int as owned from relations r left join workers w using (worker_id)`,
  );
  expect(kept).toEqual([{ n: before + answers.length, owned: before + answers.length }]);
  const found = await database.db.query('select insz from workers where insz = any($1) order by insz', [people.flat()]);
  expect(found.rows.map(({ insz }) => insz)).toEqual(people.map((mine) => mine[3]).sort());
  expect(await differing()).toEqual([]);
});
