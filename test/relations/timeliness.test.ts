import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueAt, movedEarlier, verdictOf } from '../../src/relations/timeliness.ts';

describe('the due moment', () => {
  test.each<[string, string | null, string, string]>([
    ['2026-11-23', null, '2026-11-23T22:59:59.999Z', 'end of a winter day'],
    ['2026-07-01', null, '2026-07-01T21:59:59.999Z', 'end of a summer day'],
    ['2026-03-29', null, '2026-03-29T21:59:59.999Z', 'day of 23 hours'],
    ['2026-10-25', null, '2026-10-25T22:59:59.999Z', 'day of 25 hours'],
    ['2026-11-23', '0800', '2026-11-23T07:00:00Z', 'start hour'],
    ['2026-07-01', '0030', '2026-06-30T22:30:00Z', 'start hour after midnight'],
    ['2026-03-29', '0230', '2026-03-29T01:30:00Z', 'hour that does not exist'],
    ['2026-10-25', '0230', '2026-10-25T00:30:00Z', 'hour that comes twice: the first'],
  ])('of %s %s is %s (%s)', (day, hour, due) => {
    expect(dueAt(day, hour)).toBe(due);
    expect(dueAt(day, hour)).toBe(due);
  });
});

describe('the verdict', () => {
  test('keeps the moment itself in time, a millisecond later not', () => {
    expect(verdictOf('2026-11-23T22:59:59.999Z', '2026-11-23T22:59:59.999Z')).toBe('onTime');
    expect(verdictOf('2026-11-23T23:00:00Z', '2026-11-23T22:59:59.999Z')).toBe('late');
    expect(verdictOf('2026-11-23T07:00:00Z', '2026-11-23T07:00:00.000Z')).toBe('onTime');
  });

  test('is unknown without a receipt', () => {
    expect(verdictOf(null, '2026-11-23T22:59:59.999Z')).toBe('unknown');
  });
});

describe('a start moves earlier', () => {
  test.each([
    ['2026-11-23', null, '2026-11-22', null, true],
    ['2026-11-23', '0800', '2026-11-22', '2300', true],
    ['2026-11-23', '0800', '2026-11-23', '0759', true],
    ['2026-11-23', null, '2026-11-23', '2359', true],
    ['2026-11-23', '0800', '2026-11-23', '0800', false],
    ['2026-11-23', '0800', '2026-11-24', '0700', false],
  ])('from %s %s to %s %s: %s', (startDate, startHour, newDate, newHour, earlier) => {
    expect(movedEarlier({ startDate, startHour }, { startDate: newDate, startHour: newHour })).toBe(earlier);
  });

  test('exactly when its due moment does, outside the nights the clock changes', () => {
    const start = fc.record({
      startDate: fc.integer({ min: 1, max: 27 }).map((n) => `2026-11-${String(n).padStart(2, '0')}`),
      startHour: fc.option(
        fc.integer({ min: 0, max: 1439 }).map((n) => String(Math.floor(n / 60) * 100 + (n % 60)).padStart(4, '0')),
      ),
    });
    fc.assert(
      fc.property(start, start, (a, b) => {
        const isEarlier = Date.parse(dueAt(b.startDate, b.startHour)) < Date.parse(dueAt(a.startDate, a.startHour));
        expect(movedEarlier(a, b)).toBe(isEarlier);
      }),
    );
  });
});
