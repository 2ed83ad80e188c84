import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ANOMALIES, anomaly } from '../../src/declarations/anomalies.ts';
import type { Declaration } from '../../src/declarations/declaration.ts';
import { agency, answerTo, change, Desk, evening, flexi, insz, student, temp } from './intake.example.ts';

const update = (changes: Partial<Declaration>) => change('UPDATE', changes);
const out = (changes: Partial<Declaration>) => change('OUT', changes);
const cancel = (changes: Partial<Declaration> = {}) => change('CANCEL', changes);
const day = '2026-11-23';

describe('a change', () => {
  test('is accepted at any time, and only an earlier start can be late', () => {
    const receivedAt = '2027-03-01T08:00:00Z';
    expect(answerTo(temp(), update({ receivedAt, startDate: '2026-11-20' }))).toBe('W 90378-460');
    expect(answerTo(evening(day), update({ receivedAt, startHour: '1759' }))).toBe('W 90378-460');
    expect(answerTo(temp(), update({ receivedAt, startDate: '2026-11-24' }))).toBe('A');
    expect(answerTo(temp(), out({ receivedAt, endDate: '2026-11-24' }))).toBe('A');
    expect(answerTo(temp(), cancel({ receivedAt }))).toBe('A');
    expect(answerTo(temp(), update({ receivedAt: null, startDate: '2026-11-20' }))).toBe('A');
  });

  test('without an employer is the period’s own agency’s', () => {
    const desk = new Desk();
    desk.declare(temp());
    expect(desk.declare(cancel({ employer: {} }))).toMatchObject({ result: 'A', agencyNumber: agency });
  });

  test('of a flexi-job may move the hour on the same day', () => {
    expect(answerTo(flexi(), update({ endDate: day, endHour: '2200' }))).toBe('A');
  });

  test('that is refused leaves the period as it was', () => {
    const desk = new Desk();
    const { after } = desk.declare(temp());
    expect(desk.declare(out({ endDate: '2026-11-01' })).after).toBeNull();
    expect(desk.period('period1')?.state).toEqual(after);
  });

  test('an OUT is not compared with other periods', () => {
    const later = temp({ startDate: '2026-11-30', endDate: '2026-12-04' });
    expect(answerTo(temp(), later, out({ endDate: '2026-12-02' }))).toBe('A');
    expect(answerTo(temp(), later, update({ endDate: '2026-12-02' }))).toBe('B 90378-334');
  });
});

describe('a daily registration', () => {
  test('is accepted without effect, of whatever period', () => {
    const desk = new Desk();
    desk.declare(temp());
    expect(desk.declare(change('DAILY', { employer: {}, startDate: 'x' }))).toEqual({
      result: 'A',
      anomalies: [],
      agencyNumber: agency,
      after: null,
    });
    expect(desk.declare(change('DAILY', { employer: {}, periodId: '1' }))).toEqual({
      result: 'A',
      anomalies: [],
      agencyNumber: null,
      after: null,
    });
  });

  test('is refused for a fault of form', () => {
    expect(answerTo(change('DAILY', { formFaults: ['90059-003'] }))).toBe('B 90059-003');
  });
});

describe('whatever a message holds', () => {
  const odd = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '',
      '0',
      '2026-02-30',
      '9999-12-31',
      '0000-01-01',
      '2400',
      '0800',
      '1600',
      '322',
      'EXT',
      'FLX',
      'STU',
      'OTH',
      '302',
    ),
    fc.integer({ min: 20_000, max: 21_000 }).map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10)),
  );
  const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const user = fc.record(
    { enterpriseNumber: odd, name: odd, address: fc.record({ city: odd }), jointCommittee: odd },
    { requiredKeys: [] },
  );
  const oddity = fc.record(
    {
      periodId: fc.constantFrom('period1', 'period2', '', 'x'),
      employer: fc.record(
        { enterpriseNumber: fc.oneof(fc.constant(agency), odd), nssoNumber: odd },
        { requiredKeys: [] },
      ),
      worker: fc.record(
        { insz: fc.oneof(fc.constant(insz), odd), familyName: odd, birthDate: odd },
        { requiredKeys: [] },
      ),
      receivedAt: fc.constantFrom('2026-11-20T09:00:00Z', '2026-12-20T09:00:00.5Z', null),
      startDate: odd,
      startHour: odd,
      endDate: odd,
      endHour: odd,
      plannedHours: fc.double(),
      workerType: odd,
      jointCommittee: odd,
      userCompany: user,
      formFaults: fc.constantFrom(['90059-003'], []),
    },
    { requiredKeys: [] },
  );
  const kinds = fc.constantFrom<Declaration['kind']>('IN', 'UPDATE', 'OUT', 'CANCEL', 'DAILY');
  const base = fc.constantFrom(temp(), evening(day), flexi(), student());

  test('there is an answer: refused with blocking codes, or accepted and standing as folded', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(kinds, base, some(oddity)), { minLength: 1, maxLength: 6 }), (messages) => {
        const desk = new Desk();
        desk.declare(temp());
        for (const [kind, usual, changes] of messages) {
          const d = (kind === 'IN' ? { ...usual, ...changes } : { ...change(kind), ...changes }) as Declaration;
          const { result, anomalies, after } = desk.declare(d);
          expect(new Set(anomalies).size).toBe(anomalies.length);
          const blocking = anomalies.filter((code) => anomaly(code).severity === 'B');
          expect(blocking).toEqual(result === 'B' ? anomalies : []);
          expect(result === 'B').toBe(blocking.length > 0);
          expect(after === null).toBe(result === 'B' || kind === 'DAILY');
          expect(anomalies.every((code) => Object.hasOwn(ANOMALIES, code))).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
