import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/platform/calendar-days.ts';
import { type AcceptedDeclaration, fold, timelineOf } from '../../src/relations/fold.ts';
import type { RelationState } from '../../src/relations/relation.ts';
import { expectedOf } from './fold.oracle.ts';

let count = 0;
function accepted(kind: AcceptedDeclaration['kind'], changes: Partial<AcceptedDeclaration> = {}): AcceptedDeclaration {
  count += 1;
  const ids = { declarationId: `d${count}`, periodId: '656309292174', agencyNumber: '0403449823' };
  return { kind, ...ids, receivedAt: '2026-11-20T09:00:00Z', employer: {}, result: 'A', anomalies: [], ...changes };
}
/** Monday 23 to Friday 27 November 2026 */
function week(changes: Partial<AcceptedDeclaration> = {}): AcceptedDeclaration {
  const userCompany = { enterpriseNumber: '0566988259', jointCommittee: 'XXX' };
  const dates = { startDate: '2026-11-23', endDate: '2026-11-27' };
  return accepted('IN', { ...dates, workerType: 'OTH', jointCommittee: '322', userCompany, ...changes });
}
const at = (day: string) => `2026-${day}T11:00:00Z`;
function folded(...history: AcceptedDeclaration[]): RelationState {
  return history.reduce<RelationState | null>(fold, null) as RelationState;
}

describe('an IN', () => {
  test('begins the relation', () => {
    const d = week({ anomalies: ['90373-460'], result: 'W' });
    expect(folded(d)).toEqual({
      ...{ periodId: '656309292174', agencyNumber: '0403449823', jointCommittee: '322', workerType: 'OTH' },
      ...{
        userKey: '0566988259',
        userNumber: '0566988259',
        userName: null,
        userAddress: null,
        userJointCommittee: 'XXX',
      },
      ...{ startDate: '2026-11-23', startHour: null, endDate: '2026-11-27', endHour: null, plannedHours: null },
      ...{ cancelled: false, verdict: 'onTime', receivedAt: '2026-11-20T09:00:00Z', decidedBy: d.declarationId },
      ...{ dueAt: '2026-11-23T22:59:59.999Z', warnings: [], anomalies: ['90373-460'] },
    });
  });

  test('outside temp work has no user key', () => {
    expect(folded(week({ jointCommittee: '302' })).userKey).toBeNull();
  });

  test('comes first and once', () => {
    expect(() => folded(week(), week())).toThrow('began twice');
    expect(() => folded(accepted('OUT'))).toThrow('never began');
  });
});

describe('the decider', () => {
  test('is the last UPDATE that moved the start earlier', () => {
    const early = accepted('UPDATE', { startDate: '2026-11-20', receivedAt: at('11-21') });
    const later = accepted('UPDATE', { startDate: '2026-11-21', receivedAt: at('11-22') });
    expect(folded(week(), early)).toMatchObject({ decidedBy: early.declarationId, verdict: 'late' });
    expect(folded(week(), early, later)).toMatchObject({
      decidedBy: early.declarationId,
      verdict: 'onTime',
      receivedAt: at('11-21'),
    });
  });

  test('without a receipt leaves the verdict unknown', () => {
    const early = accepted('UPDATE', { startDate: '2026-11-20', receivedAt: null });
    expect(folded(week(), early)).toMatchObject({
      verdict: 'unknown',
      receivedAt: null,
      decidedBy: early.declarationId,
    });
  });
});

describe('a change after the start is shown', () => {
  const monday = ['2026-11-23'];
  test.each<[string, string, AcceptedDeclaration, string[]]>([
    ['start later, on the day itself', '11-23', accepted('UPDATE', { startDate: '2026-11-24' }), monday],
    ['start later, the day before', '11-22', accepted('UPDATE', { startDate: '2026-11-24' }), []],
    ['OUT on the first working day after a day taken away', '11-24', accepted('OUT', { endDate: '2026-11-23' }), []],
    ['OUT a day after that', '11-26', accepted('OUT', { endDate: '2026-11-23' }), ['2026-11-24']],
    ['Friday taken away, told on Monday', '11-30', accepted('OUT', { endDate: '2026-11-26' }), []],
    ['Friday taken away, told on Tuesday', '12-01', accepted('OUT', { endDate: '2026-11-26' }), ['2026-11-27']],
    ['a Friday added, told on Monday', '11-23', accepted('UPDATE', { startDate: '2026-11-20' }), []],
    [
      'a Friday added, told on Tuesday',
      '11-24',
      accepted('UPDATE', { startDate: '2026-11-20' }),
      ['2026-11-20', '2026-11-21', '2026-11-22'],
    ],
    ['a coming day added', '11-27', accepted('UPDATE', { endDate: '2026-11-30' }), []],
    ['the week before instead', '11-25', accepted('UPDATE', { startDate: '2026-11-23', endDate: '2026-11-23' }), []],
    ['hours only', '11-30', accepted('UPDATE', { plannedHours: 8 }), []],
  ])('%s (%s)', (_, day, change, days) => {
    const history = [week(), { ...change, receivedAt: at(day) }];
    expect(timelineOf(history)[1]?.daysChangedLate).toEqual(days);
    expect(folded(...history).warnings).toEqual(days.length > 0 ? ['changedAfterStart'] : []);
  });

  test('and so is a CANCEL from the day after the start', () => {
    expect(folded(week(), accepted('CANCEL', { receivedAt: '2026-11-23T22:59:59Z' })).warnings).toEqual([]);
    expect(folded(week(), accepted('CANCEL', { receivedAt: '2026-11-23T23:00:00Z' })).warnings).toEqual([
      'cancelledAfterStart',
    ]);
    expect(folded(week(), accepted('CANCEL', { receivedAt: null })).warnings).toEqual([]);
  });

  test('in no time when a date lies decades away, and names a thousand days at most', () => {
    const history = [
      week({ endDate: undefined as never, jointCommittee: 'XXX' }),
      accepted('UPDATE', { startDate: '1920-01-01', receivedAt: at('11-25') }),
    ];
    expect(folded(...history)).toMatchObject({ warnings: ['changedAfterStart'], endDate: null });
    expect(timelineOf(history)[1]?.daysChangedLate).toHaveLength(1000);
  });
});

test('a timeline tells each accepted declaration with what it changed', () => {
  const history = [
    week(),
    accepted('DAILY'),
    accepted('UPDATE', { startDate: '2026-11-24', plannedHours: 30 }),
    accepted('CANCEL'),
  ];
  expect(timelineOf(history).map(({ kind, changes }) => [kind, changes])).toEqual([
    ['IN', {}],
    ['UPDATE', { startDate: { from: '2026-11-23', to: '2026-11-24' }, plannedHours: { from: null, to: 30 } }],
    ['CANCEL', { cancelled: { from: false, to: true } }],
  ]);
});

describe('any history', () => {
  const day = fc.integer({ min: 0, max: 40 }).map((n) => addDays('2026-12-10', n));
  const hour = fc.constantFrom('0000', '0600', '0759', '2330');
  const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const change = fc.record({
    kind: fc.constantFrom<AcceptedDeclaration['kind']>('UPDATE', 'UPDATE', 'UPDATE', 'OUT'),
    receivedAt: fc.option(
      fc.tuple(day, fc.constantFrom('00:30', '12:00', '22:59:59.999', '23:00')).map(([d, time]) => `${d}T${time}Z`),
    ),
    ...{
      startDate: some(day),
      startHour: some(hour),
      endDate: some(day),
      endHour: some(hour),
      plannedHours: some(fc.nat(99)),
    },
    anomalies: fc.constantFrom<string[]>([], ['90378-460'], ['00026-348']),
  });

  test('adds up to what the rules say, and each step needs only the row', () => {
    fc.assert(
      fc.property(
        day,
        fc.nat(9),
        some(hour),
        fc.array(change, { maxLength: 6 }),
        fc.boolean(),
        (startDate, length, startHour, changes, ends) => {
          const history = [week({ startDate, endDate: addDays(startDate, length), ...(startHour && { startHour }) })];
          for (const step of [
            ...changes,
            ...(ends ? [{ kind: 'CANCEL' as const, receivedAt: `${startDate}T23:30:00Z` }] : []),
          ]) {
            const d = accepted(
              step.kind,
              Object.fromEntries(Object.entries(step).filter(([, value]) => value !== undefined)),
            );
            const { startDate: start, endDate: end } = expectedOf([...history, d]).row;
            if (start <= end) history.push(d);
          }
          expect(folded(...history)).toMatchObject(expectedOf(history).row);
          expect(timelineOf(history).map((entry) => entry.daysChangedLate)).toEqual(
            expectedOf(history).daysChangedLate,
          );
          const row = JSON.parse(JSON.stringify(folded(...history.slice(0, -1)) ?? null));
          expect(fold(row, history.at(-1) as AcceptedDeclaration)).toEqual(folded(...history));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
