import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/platform/db.ts';
import { rebuild } from '../../src/relations/rebuild.store.ts';
import { changeNumber } from '../../src/workers/number-change.actions.ts';
import { FOLLOWING, numberChangeStore } from '../../src/workers/number-change.store.ts';
import type { NumberChange } from '../../src/workers/number-change.ts';
import { enter, RANDWERK, TEMPO } from '../agency/staff.example.ts';
import { openTestApp, type TestApp } from '../app.ts';
import { temp } from '../declarations/intake.example.ts';
import { inszNumber } from '../records.ts';

const [A, B, C, D] = [inszNumber(11), inszNumber(12), inszNumber(13), inszNumber(14)] as [
  string,
  string,
  string,
  string,
];
const NOW = '2026-11-23T09:00:00Z';
const NOBODY = { givenName: null, familyName: null, birthDate: null };

let portal: TestApp;
beforeAll(async () => {
  portal = await openTestApp({ at: NOW });
});
afterAll(() => portal.close());
beforeEach(async () => {
  await portal.db.query(
    'truncate declarations, relations, workers, worker_numbers, enterprises, sessions, overviews, agency_staff, number_changes, merged_workers cascade',
  );
  await portal.db.query(
    `insert into enterprises (enterprise_number, name, kind) values ($1, 'Tempo Interim', 'agency'), ($2, 'Randwerk', 'agency')`,
    [TEMPO, RANDWERK],
  );
});

const rows = async (sql: string, values: unknown[] = []) => (await portal.db.query(sql, values)).rows;
const change = (oldInsz: string, newInsz: string, person: NumberChange['person'] = NOBODY) =>
  changeNumber(portal.house.db, numberChangeStore, { oldInsz, newInsz, effectiveOn: '2026-11-01', person }, NOW);
const result = async (oldInsz: string, newInsz: string) => (await change(oldInsz, newInsz)).result;

async function declareFor(insz: string, day: string): Promise<string> {
  const declaration = temp({
    employer: { enterpriseNumber: TEMPO },
    worker: { insz, givenName: 'Zoë', familyName: 'Maes' },
    startDate: day,
    endDate: day,
    receivedAt: '2026-11-20T09:00:00Z',
  });
  const about = { channel: 'import', now: NOW } as const;
  const [outcome] = await portal.house.intake.receive([{ declaration, sourceKey: null }], about);
  return outcome?.periodId ?? `refused: ${outcome?.anomalies}`;
}

const workerOf = async (insz: string) =>
  (await rows('select worker_id from worker_numbers where insz = $1', [insz]))[0]?.worker_id ?? null;
const ownInsz = async (insz: string) =>
  (await rows('select w.insz from worker_numbers n join workers w using (worker_id) where n.insz = $1', [insz]))[0]
    ?.insz;
const periods = async (cookie: string) => {
  const { body } = await portal.app.inject({ url: '/relations.json?year=all', headers: { cookie } });
  return JSON.parse(body)
    .items.map((item: { periodId: string }) => item.periodId)
    .sort();
};
async function differing(): Promise<string[]> {
  const owner = openDatabase({
    connection: { ...portal.connection, user: 'postgres' },
    log: { warn: () => undefined },
  });
  try {
    return (await rebuild(owner, true, () => undefined)).differing;
  } finally {
    await owner.close();
  }
}

describe('two workers who are one person', () => {
  it('become one, with everything of both, whichever number is older', async () => {
    for (const [oldInsz, newInsz] of [
      [A, B],
      [D, C],
    ] as const) {
      const first = [await declareFor(A, '2026-11-23'), await declareFor(B, '2026-11-24')];
      const second = [await declareFor(C, '2026-11-23'), await declareFor(D, '2026-11-24')];
      const mine = oldInsz === A ? first : second;
      expect(await change(oldInsz, newInsz)).toEqual({ result: 'merged', reason: null });
      expect(await workerOf(oldInsz)).toBe(await workerOf(newInsz));
      expect(await ownInsz(oldInsz)).toBe(newInsz);
      for (const insz of [oldInsz, newInsz]) {
        const cookie = await portal.signInAs(insz);
        expect(await periods(cookie)).toEqual([...mine].sort());
      }
      expect(await rows('select from workers where insz = $1', [oldInsz])).toHaveLength(0);
      expect(await differing()).toEqual([]);
      if (oldInsz === A) await portal.db.query('truncate declarations, verifications, relations');
    }
  });

  it('keep their overviews and what they may do for agencies: the higher right where both had one', async () => {
    const [one, two] = [await portal.signInAs(A), await portal.signInAs(B)];
    for (const cookie of [one, two])
      await portal.app.inject({
        method: 'POST',
        url: '/overviews',
        headers: { cookie, 'sec-fetch-site': 'same-origin' },
      });
    await portal.house.overviews.settled();
    await enter(portal, TEMPO, A, 'view');
    await enter(portal, TEMPO, B, 'manage');
    await enter(portal, RANDWERK, A, 'declare');
    await enter(portal, RANDWERK, C, 'view');
    await portal.db.query('update agency_staff set added_by = $1 where worker_id = $2', [
      await workerOf(B),
      await workerOf(C),
    ]);
    expect(await result(A, B)).toBe('merged');
    const worker = await workerOf(B);
    expect(
      await rows('select agency_number, right_held from agency_staff where worker_id = $1 order by 1', [worker]),
    ).toEqual([
      { agency_number: TEMPO, right_held: 'manage' },
      { agency_number: RANDWERK, right_held: 'declare' },
    ]);
    expect(await rows('select added_by from agency_staff where added_by is not null')).toEqual([{ added_by: worker }]);
    expect(await rows('select from overviews where worker_id = $1', [worker])).toHaveLength(2);
    const list = await portal.app.inject({ url: '/capacity', headers: { cookie: two } });
    expect(list.body).toContain(RANDWERK);
  });

  it('stay signed in with the new number only; the old card signs in the same person', async () => {
    const periodId = await declareFor(A, '2026-11-23');
    const [old, current] = [await portal.signInAs(A), await portal.signInAs(B)];
    await change(A, B);
    expect((await portal.app.inject({ url: '/relations', headers: { cookie: old } })).statusCode).toBe(303);
    expect(await periods(current)).toEqual([periodId]);
    const again = await portal.signInAs(A);
    expect(await periods(again)).toEqual([periodId]);
    expect(await rows('select from workers')).toHaveLength(1);
    expect(await rows('select distinct insz from sessions')).toEqual([{ insz: B }]);
    const [last] = await rows(
      `select previous_visit_at, subject_insz from sessions, access_rows
      where previous_visit_at is not null and subject_insz = $1 limit 1`,
      [B],
    );
    expect(last).toBeDefined();
  });

  it('leave it known where the key that is gone leads, over several merges', async () => {
    for (const insz of [A, B, C, D]) await portal.signInAs(insz);
    const keys = await Promise.all([A, B, C, D].map(workerOf));
    await change(C, D);
    await change(A, B);
    await change(B, D);
    const [kept] = await rows('select worker_id from workers');
    expect(kept.worker_id).toBe(keys[0]);
    const led = await rows('select worker_id, merged_into from merged_workers order by worker_id');
    expect(led).toEqual(keys.slice(1).map((worker_id) => ({ worker_id, merged_into: keys[0] })));
    expect(await ownInsz(A)).toBe(D);
  });

  it('keep both histories, also where they would have been in each other’s way', async () => {
    const both = [await declareFor(A, '2026-11-23'), await declareFor(B, '2026-11-23')];
    await change(A, B);
    expect(await periods(await portal.signInAs(B))).toEqual(both.sort());
    expect(await differing()).toEqual([]);
    expect(await declareFor(A, '2026-11-23')).toBe('refused: 90373-333');
    expect(await declareFor(B, '2026-11-23')).toBe('refused: 90373-333');
  });
});

describe('numbers that were not known', () => {
  it('are remembered: whichever is declared first, it is one worker', async () => {
    expect(await result(A, B)).toBe('linked');
    expect(await workerOf(A)).toBe(await workerOf(B));
    const ids = [await declareFor(A, '2026-11-23'), await declareFor(B, '2026-11-24')];
    expect(await periods(await portal.signInAs(B))).toEqual(ids.sort());
    expect(await rows('select from workers')).toHaveLength(1);
    expect(await differing()).toEqual([]);
  });

  it.each([
    ['old', A],
    ['new', B],
  ])('join the worker of the %s one, who keeps his key', async (_, known) => {
    await declareFor(known, '2026-11-23');
    const before = await workerOf(known);
    expect(await result(A, B)).toBe('linked');
    expect([await workerOf(A), await workerOf(B), await ownInsz(A)]).toEqual([before, before, B]);
  });

  it('get the names of the message only where nobody has one', async () => {
    const person = { givenName: 'Zoë', familyName: 'Maes', birthDate: '1998-07-28' };
    await change(A, B, person);
    await portal.signInAs(C, { givenName: 'Own', familyName: 'Name' });
    await change(C, D, person);
    expect(await rows('select insz, given_name, family_name, birth_date::text from workers order by insz')).toEqual([
      { insz: B, given_name: 'Zoë', family_name: 'Maes', birth_date: '1998-07-28' },
      { insz: D, given_name: 'Own', family_name: 'Name', birth_date: '1998-07-28' },
    ]);
  });
});

describe('chains', () => {
  it('lead to the last number, in whatever order they are told, and told again change nothing', async () => {
    for (const order of [
      [
        [A, B],
        [B, C],
      ],
      [
        [B, C],
        [A, B],
      ],
    ] as [string, string][][]) {
      await portal.db.query('truncate workers, worker_numbers, number_changes, merged_workers cascade');
      for (const [oldInsz, newInsz] of order) expect(await result(oldInsz, newInsz)).toBe('linked');
      const before = await rows('select * from workers');
      expect(before).toMatchObject([{ insz: C }]);
      for (const [oldInsz, newInsz] of [...order, [A, C] as const])
        expect(await result(oldInsz, newInsz)).toBe('known');
      expect(await rows('select * from workers')).toEqual(before);
      expect(await rows('select from number_changes')).toHaveLength(2);
    }
  });

  it('that run in a circle or part ways are refused, and nobody is made known by them', async () => {
    await change(A, B);
    await change(B, C);
    expect(await change(C, A)).toEqual({
      result: 'refused',
      reason: 'the new number was replaced by the old one before',
    });
    expect(await change(A, D)).toEqual({
      result: 'refused',
      reason: 'the old number was replaced by another one before',
    });
    expect(await workerOf(D)).toBeNull();
    expect(await ownInsz(A)).toBe(C);
  });
});

it('every column that holds a worker’s key follows him', async () => {
  const found = await rows(`
    select c.relname as table, a.attname as column
    from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
    where not a.attisdropped and (a.attname = 'worker_id' or exists (
      select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and k.confrelid = 'workers'::regclass and a.attnum = any(k.conkey)))`);
  const own = ['workers.worker_id', 'merged_workers.worker_id', 'agency_staff.worker_id', 'support_agents.worker_id'];
  const names = found.map((one) => `${one.table}.${one.column}`).filter((name) => !own.includes(name));
  expect(names.sort()).toEqual(FOLLOWING.map(([table, column]) => `${table}.${column}`).sort());
});
