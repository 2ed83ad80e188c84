import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownerScope } from '../../src/identity/visitor.ts';
import { eachChoice } from '../../src/relations/filter.choices.ts';
import type { Filter } from '../../src/relations/filter.ts';
import { rowOf } from '../../src/relations/projection.store.ts';
import type { RelationState } from '../../src/relations/relation.ts';
import { type RelationsStore, relationsStore } from '../../src/relations/relations.store.ts';
import { type SearchStore, searchStore } from '../../src/relations/search.store.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';
import { plus } from './history.oracle.days.ts';

const TODAY = '2026-11-23';
const NAMES: Record<string, string> = {
  '0403449823': 'tempo',
  '0407585882': 'Éclair',
  '0566988259': 'Zwaan',
  '0206731645': 'Čapek & co',
};
const AGENCIES = ['0403449823', '0407585882', '0403019261'];
const USERS = [
  { userKey: '0566988259', userNumber: '0566988259', userName: null },
  { userKey: '0206731645', userNumber: '0206731645', userName: null },
  { userKey: '0403019261', userNumber: '0403019261', userName: null },
  { userKey: 'muller-koln', userNumber: null, userName: 'Müller' },
  { userKey: 'muller-aachen', userNumber: null, userName: 'Müller' },
];

let database: TestDatabase;
let search: SearchStore;
let store: RelationsStore;
const rows = new Map<string, RelationState[]>();
const mine = ownerScope('1');
const theirs = ownerScope('2');

const pick = <T>(...values: T[]) => fc.constantFrom(...values);
const day = fc.oneof(fc.integer({ min: -700, max: 500 }), fc.integer({ min: -15, max: 15 })).map((n) => plus(TODAY, n));
const relation = fc
  .record({
    agencyNumber: pick(...AGENCIES),
    isTemp: fc.nat(5).map((n) => n > 0),
    user: pick(...USERS),
    userJointCommittee: pick('302', '302', '124', 'XXX', null),
    jointCommittee: pick('302', 'XXX'),
    workerType: pick('OTH', 'OTH', 'STU', 'EXT', 'FLX', 'ZZZ'),
    startDate: day,
    length: pick(0, 0, 0, 1, 4, 30, 400, null),
    startHour: pick(null, null, '0800', '1730'),
    cancelled: fc.nat(6).map((n) => n === 0),
    verdict: pick<RelationState['verdict']>('onTime', 'onTime', 'late', 'unknown'),
    warnings: pick<RelationState['warnings']>(
      [],
      [],
      ['changedAfterStart'],
      ['cancelledAfterStart', 'changedAfterStart'],
    ),
  })
  .map(({ isTemp, user, userJointCommittee, length, ...r }) => ({
    ...r,
    ...(isTemp ? user : { userKey: null, userNumber: null, userName: null }),
    userJointCommittee: isTemp ? userJointCommittee : null,
    jointCommittee: isTemp ? '322' : r.jointCommittee,
    endDate: length === null && !isTemp ? null : plus(r.startDate, length ?? 2),
    endHour: r.startHour && '2200',
  }));

beforeAll(async () => {
  database = await openTestDatabase();
  search = searchStore(database.portal);
  store = relationsStore(database.portal);
  for (const [number, name] of Object.entries(NAMES)) {
    await database.db.query("insert into enterprises (enterprise_number, name, kind) values ($1, $2, 'agency')", [
      number,
      name,
    ]);
  }
  for (const [workerId, size] of [
    ['1', 230],
    ['2', 60],
  ] as const) {
    const states = fc.sample(relation, { numRuns: size, seed: size }).map((state, n): RelationState => {
      const periodId = `${workerId}${String(n).padStart(11, '0')}`;
      const more = {
        userAddress: null,
        plannedHours: null,
        receivedAt: null,
        decidedBy: periodId,
        dueAt: '2026-11-23T22:59:59.999Z',
        anomalies: [],
      };
      return { ...state, ...more, periodId };
    });
    rows.set(workerId, states);
    await database.db.query('insert into relations select * from jsonb_populate_recordset(null::relations, $1)', [
      JSON.stringify(states.map((state) => rowOf(state, workerId))),
    ]);
  }
});
afterAll(() => database.close());

const some = <T>(...values: T[]) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<T[]>([]) },
    { weight: 2, arbitrary: fc.subarray(values, { minLength: 1 }) },
  );
const filters = fc
  .record({
    dates: fc.tuple(fc.option(day), fc.option(day), pick(false, false, true)),
    year: pick<Filter['year']>(null, null, 'all', 'all', 2024, 2025, 2026, 2027, 1999),
    type: some('OTH', 'STU', 'EXT', 'BCW', 'ZZZ'),
    agency: some(...AGENCIES, '0206731645'),
    user: some(...USERS.map((user) => user.userKey), 'nobody'),
    committee: some('302', '124', 'XXX', '322'),
    verdict: some<Filter['verdict'][number]>('onTime', 'late', 'unknown', 'cancelled'),
    sort: pick<Filter['sort']>('start', 'end', 'agency', 'user', 'type', 'verdict'),
    dir: pick<Filter['dir']>('asc', 'desc'),
    page: pick(1, 1, 2, 3, 40),
    pageSize: pick<Filter['pageSize']>(25, 25, 'all'),
    sector: pick<Filter['sector']>('temp', 'temp', 'temp', 'other'),
  })
  .map(({ dates: [from, to, isAsked], ...filter }): Filter => {
    const dates = isAsked && !(from && to && from > to) ? { from, to } : { from: null, to: null };
    return { ...filter, ...dates };
  });

const committeeOf = (r: RelationState) => (r.jointCommittee === '322' ? r.userJointCommittee : r.jointCommittee);

/** The filter, told a second time, over all rows. */
function expectedOf(all: RelationState[], filter: Filter) {
  const isDated = filter.from !== null || filter.to !== null;
  const years =
    filter.year === null
      ? ['2025', '2027']
      : filter.year === 'all'
        ? ['0001', '9999']
        : [`${filter.year}`, `${filter.year}`];
  const from = isDated ? (filter.from ?? '0001-01-01') : `${years[0]}-01-01`;
  const to = isDated ? (filter.to ?? '9999-12-31') : `${years[1]}-12-31`;
  const within = all.filter((r) => r.startDate <= to && (r.endDate ?? '9999-12-31') >= from);
  const window = within.filter((r) => (r.jointCommittee === '322') === (filter.sector === 'temp'));
  const isIn = (chosen: string[], value: string | null) => chosen.length === 0 || chosen.includes(value ?? '-');
  const hits = window.filter(
    (r) =>
      isIn(filter.type, r.workerType) &&
      isIn(filter.agency, r.agencyNumber) &&
      isIn(filter.user, r.userKey) &&
      isIn(filter.committee, committeeOf(r)) &&
      (isIn(filter.verdict, r.verdict) || (r.cancelled && filter.verdict.includes('cancelled'))),
  );
  const counted = (values: (string | null)[]) => {
    const counts: Record<string, number> = {};
    for (const value of values) if (value !== null) counts[value] = (counts[value] ?? 0) + 1;
    return counts;
  };
  const ordered = hits.sort(orderOf(filter));
  const start = (filter.page - 1) * 25;
  return {
    ids: ordered.map((r) => r.periodId),
    page: filter.pageSize === 'all' ? ordered : ordered.slice(start, start + 25),
    counts: {
      type: counted(window.map((r) => r.workerType)),
      agency: counted(window.map((r) => r.agencyNumber)),
      user: counted(window.map((r) => r.userKey)),
      committee: counted(window.map(committeeOf)),
    },
    marks: {
      onTime: 0,
      late: 0,
      unknown: 0,
      cancelled: 0,
      ...counted(hits.map((r) => (r.cancelled ? 'cancelled' : r.verdict))),
    },
    verdicts: [
      ...['onTime', 'late', 'unknown'].map((verdict) => [verdict, window.filter((r) => r.verdict === verdict).length]),
      ['cancelled', window.filter((r) => r.cancelled).length],
    ],
    other: filter.sector === 'temp' ? within.length - window.length : 0,
  };
}

const collator = new Intl.Collator('und');
const userName = (r: RelationState) => NAMES[r.userNumber ?? ''] ?? r.userName;

/** What is not there comes last, whatever the direction; ties by start and id, the latest first. */
function orderOf({ sort, dir }: Filter): (a: RelationState, b: RelationState) => number {
  const sign = dir === 'asc' ? 1 : -1;
  const by = (
    key: (r: RelationState) => string | null,
    compare: (a: string, b: string) => number = (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  ) => {
    return (a: RelationState, b: RelationState) => {
      const [x, y] = [key(a), key(b)];
      if (x === null || y === null) return Number(x === null) - Number(y === null);
      return sign * compare(x, y);
    };
  };
  const rank = (r: RelationState) => (r.cancelled ? '3' : { late: '0', unknown: '1', onTime: '2' }[r.verdict]);
  const text = (a: string, b: string) => collator.compare(a, b);
  const keys = {
    start: [by((r) => r.startDate), by((r) => r.startHour), by((r) => r.periodId)],
    end: [by((r) => r.endDate), by((r) => r.endHour), by((r) => r.periodId)],
    agency: [by((r) => NAMES[r.agencyNumber] ?? null, text)],
    user: [by(userName, text)],
    type: [by((r) => r.workerType)],
    verdict: [by(rank)],
  }[sort];
  const latest = (a: RelationState, b: RelationState) => (a.startDate + a.periodId < b.startDate + b.periodId ? 1 : -1);
  return (a, b) => keys.map((compare) => compare(a, b)).find((found) => found !== 0) ?? latest(a, b);
}

describe('any filter', () => {
  test('finds, orders, counts and pages what it says, of the one worker', async () => {
    await fc.assert(
      fc.asyncProperty(filters, pick(mine, mine, theirs), async (filter, scope) => {
        const expected = expectedOf(rows.get(scope.workerId) ?? [], filter);
        const [list, count, choices, whole, calendar] = await Promise.all([
          search.list(scope, filter, TODAY),
          search.count(scope, filter, TODAY),
          search.choices(scope, filter, TODAY),
          store.whole(scope, filter, TODAY),
          store.calendar(scope, filter, TODAY),
        ]);
        const { facets, marks } = list;
        const page = expected.page.map((r) => r.periodId);
        expect(list.rows.map((r) => r.periodId)).toEqual(page);
        expect(whole.map((r) => r.periodId)).toEqual(page);
        expect(calendar.map((r) => r.periodId).sort()).toEqual([...expected.ids].sort());
        expect([list.total, count, list.otherSectorCount]).toEqual([
          expected.ids.length,
          expected.ids.length,
          expected.other,
        ]);
        expect(marks).toEqual(expected.marks);
        expect(Object.values(marks).reduce((sum, n) => sum + n)).toBe(list.total);
        expect(choices).toEqual(facets);
        expect(facets.verdict.map(({ value, count: n }) => [value, n])).toEqual(expected.verdicts);
        for (const of of ['type', 'agency', 'user', 'committee'] as const) {
          const found = facets[of];
          expect(Object.fromEntries(found.map(({ value, count: n }) => [value, n]))).toEqual(expected.counts[of]);
          expect(found.map(({ count: n }) => n)).toEqual(found.map(({ count: n }) => n).sort((a, b) => b - a));
        }
        for (const [n, row] of list.rows.entries()) {
          const state = expected.page[n] as RelationState;
          const name = userName(state);
          const warnings = [...state.warnings, ...(state.userNumber && !name ? ['userCompanyUnknown'] : [])];
          expect(row).toMatchObject({
            userName: name,
            agencyName: NAMES[state.agencyNumber] ?? null,
            warnings,
            userKey: state.userKey,
          });
          expect(whole[n]).toMatchObject({
            userCompanyName: name,
            agencyName: row.agencyName,
            allWarnings: warnings,
            timeline: [],
          });
        }
      }),
      { numRuns: 400, seed: 20261123 },
    );
  });

  test('every page once makes the whole list', async () => {
    const all: Filter = {
      ...fc.sample(filters, { numRuns: 1, seed: 1 })[0],
      ...{ from: null, to: null, year: 'all', ...eachChoice(() => []), sector: 'temp' },
    } as Filter;
    for (const sort of ['start', 'end', 'agency', 'user', 'type', 'verdict'] as const) {
      const ids: string[] = [];
      for (let page = 1; page <= 10; page++)
        ids.push(...(await search.list(mine, { ...all, sort, page, pageSize: 25 }, TODAY)).rows.map((r) => r.periodId));
      const whole = await search.list(mine, { ...all, sort, page: 7, pageSize: 'all' }, TODAY);
      expect(ids).toEqual(whole.rows.map((r) => r.periodId));
      expect(new Set(ids).size).toBe(whole.total);
    }
  });
});

describe('a relation of another worker', () => {
  test('is not found, by whatever id', async () => {
    for (const { periodId } of rows.get('2') ?? []) {
      expect(await store.find(mine, periodId, TODAY)).toBeNull();
      expect(await store.find(theirs, periodId, TODAY)).toMatchObject({ periodId });
    }
    for (const id of ['', '0', "' or true --", '%', '1'.repeat(500)])
      expect(await store.find(mine, id, TODAY)).toBeNull();
  });

  test('is in no list by day or by change', async () => {
    const ids = (await store.between(mine, '2000-01-01', '2040-01-01', TODAY)).map((r) => r.periodId);
    const temps = (rows.get('1') ?? []).filter((r) => r.jointCommittee === '322');
    expect(ids.sort()).toEqual(temps.map((r) => r.periodId).sort());
    expect(await store.changedSince(mine, '2000-01-01T00:00:00Z', TODAY)).toEqual([]);
    expect(await search.count(ownerScope('3'), { ...(fc.sample(filters, 1)[0] as Filter) }, TODAY)).toBe(0);
  });
});
