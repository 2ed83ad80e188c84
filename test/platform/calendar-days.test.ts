import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  dayOfInstant,
  daysBetween,
  firstWorkingDayAfter,
  holidayName,
  hourOfInstant,
  instantAt,
  isDay,
  isWorkingDay,
  lastWorkingDayBefore,
} from '../../src/platform/calendar-days.ts';

const someDay = fc.integer({ min: 0, max: 30_000 }).map((n) => addDays('1960-01-01', n));

describe('days', () => {
  test.each(['2026-11-23', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s is in the calendar', (day) =>
    expect(isDay(day)).toBe(true),
  );
  test.each([
    '2026-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-01-00',
    '0000-01-01',
    '2026-1-1',
    '20260101',
    '2026-01-01T',
    '',
  ])('%s is not', (day) => expect(isDay(day)).toBe(false));

  test('adding goes over months, leap days and centuries', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(addDays('0099-12-31', 1)).toBe('0100-01-01');
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  });

  test('agrees with Temporal', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: -4000, max: 4000 }), (day, n) => {
        const other = Temporal.PlainDate.from(day).add({ days: n }).toString();
        expect(addDays(day, n)).toBe(other);
        expect(daysBetween(day, other)).toBe(n);
        expect(isDay(other)).toBe(true);
      }),
    );
  });
});

describe('working days', () => {
  test('the ten public holidays of a year, in four languages', () => {
    const days = Array.from({ length: 365 }, (_, n) => addDays('2026-01-01', n)).filter((day) =>
      holidayName(day, 'nl'),
    );
    expect(days).toEqual([
      '2026-01-01',
      '2026-04-06',
      '2026-05-01',
      '2026-05-14',
      '2026-05-25',
      '2026-07-21',
      '2026-08-15',
      '2026-11-01',
      '2026-11-11',
      '2026-12-25',
    ]);
    expect(holidayName('2026-11-11', 'nl')).toBe('Wapenstilstand');
    expect(holidayName('2026-11-11', 'fr')).toBe('Armistice');
    expect(holidayName('2026-11-11', 'de')).toBe('Waffenstillstand');
    expect(holidayName('2026-11-11', 'en')).toBe('Armistice Day');
    expect(holidayName('2026-11-12', 'nl')).toBeNull();
  });

  test.each([
    ['2026-11-23', '2026-11-24', 'a Monday'],
    ['2026-11-20', '2026-11-23', 'a Friday'],
    ['2026-12-24', '2026-12-28', 'Thursday before Christmas'],
    ['2026-04-03', '2026-04-07', 'Good Friday'],
    ['2026-05-13', '2026-05-15', 'the day before Ascension'],
    ['2025-12-31', '2026-01-02', 'New Year’s Eve'],
  ])('after %s comes %s (%s)', (day, next) => {
    expect(firstWorkingDayAfter(day)).toBe(next);
  });

  test('the last before is the first after, looked at from the other side', () => {
    fc.assert(
      fc.property(someDay, (day) => {
        const next = firstWorkingDayAfter(day);
        expect(isWorkingDay(next)).toBe(true);
        expect(lastWorkingDayBefore(addDays(next, 1))).toBe(next);
        expect(lastWorkingDayBefore(next) <= day).toBe(true);
      }),
    );
  });
});

describe('the Belgian clock', () => {
  test.each([
    ['2026-11-22T22:59:59.999Z', '2026-11-22', '2359'],
    ['2026-11-22T23:00:00Z', '2026-11-23', '0000'],
    ['2026-06-30T22:00:00Z', '2026-07-01', '0000'],
    ['2026-03-29T00:59:00Z', '2026-03-29', '0159'],
    ['2026-03-29T01:00:00Z', '2026-03-29', '0300'],
    ['2026-10-25T00:30:00Z', '2026-10-25', '0230'],
    ['2026-10-25T01:30:00Z', '2026-10-25', '0230'],
  ])('%s is %s at %s', (instant, day, hour) => {
    expect(dayOfInstant(instant)).toBe(day);
    expect(hourOfInstant(instant)).toBe(hour);
  });

  test('agrees with the time zone tables', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1960-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
        (date) => {
          const there = Temporal.Instant.from(date.toISOString()).toZonedDateTimeISO('Europe/Brussels');
          expect(dayOfInstant(date.toISOString())).toBe(there.toPlainDate().toString());
          expect(hourOfInstant(date.toISOString())).toBe(there.toPlainTime().toString().slice(0, 5).replace(':', ''));
        },
      ),
    );
  });

  test('an hour that summer time skips or repeats is still one instant', () => {
    expect(instantAt('2026-03-29', '02:30')).toBe('2026-03-29T01:30:00Z');
    expect(instantAt('2026-10-25', '02:30')).toBe('2026-10-25T00:30:00Z');
    expect(instantAt('2026-11-23', '14:35:00.250')).toBe('2026-11-23T13:35:00.25Z');
  });
});
