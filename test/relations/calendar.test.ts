import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byDay, monthBeside, monthSpan, monthsOf, pictureOf, weeksOf } from '../../src/relations/calendar.ts';
import type { CalendarRow } from '../../src/relations/found.ts';
import { weekdayOf } from '../../src/web/dates.ts';
import { CALENDAR_ROWS } from '../samples.relations.ts';

const row = (over: Partial<CalendarRow>): CalendarRow => ({ ...(CALENDAR_ROWS[0] as CalendarRow), ...over });
const months = fc
  .tuple(fc.integer({ min: 1990, max: 2040 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}`);

describe('months', () => {
  it('know their last day', () => {
    expect(monthSpan('2024-02')).toEqual({ first: '2024-02-01', last: '2024-02-29' });
    expect(monthSpan('2026-12').last).toBe('2026-12-31');
  });

  it('follow each other over the year', () => {
    expect(monthBeside('2026-12', 1)).toBe('2027-01');
    expect(monthBeside('2026-01', -1)).toBe('2025-12');
    expect(monthsOf(2026)).toHaveLength(12);
  });

  it('lie in whole weeks from Monday to Sunday that hold every day once', () => {
    fc.assert(
      fc.property(months, (month) => {
        const weeks = weeksOf(month);
        const days = weeks.flat();
        const { first, last } = monthSpan(month);
        expect(weeks.every((week) => week.length === 7 && weekdayOf(week[0] ?? '') === 0)).toBe(true);
        expect(days.filter((day) => day.startsWith(month))).toHaveLength(Number(last.slice(8)));
        expect(weeks[0]).toContain(first);
        expect(weeks.at(-1)).toContain(last);
        expect(new Set(days).size).toBe(days.length);
      }),
    );
  });
});

describe('days', () => {
  it('hold a relation from its first to its last day, within what is asked', () => {
    const days = byDay([row({ startDate: '2025-12-30', endDate: '2026-01-02' })], '2026-01-01', '2026-12-31');
    expect([...days.keys()]).toEqual(['2026-01-01', '2026-01-02']);
  });

  it('run an open end to the last day asked for', () => {
    expect(byDay([row({ startDate: '2026-01-30', endDate: null })], '2026-01-01', '2026-01-31').size).toBe(2);
  });

  it('list whole days before hours, and hours in order', () => {
    const one = (periodId: string, start: string | null) =>
      row({
        periodId,
        startDate: '2026-03-02',
        endDate: '2026-03-02',
        hours: start === null ? null : { start, end: null },
      });
    const days = byDay([one('late', '1700'), one('early', '0600'), one('whole', null)], '2026-03-01', '2026-03-31');
    expect(days.get('2026-03-02')?.map(({ periodId }) => periodId)).toEqual(['whole', 'early', 'late']);
  });

  it('show the worst of what lives, and cancelled only when nothing does', () => {
    const late = row({ verdict: 'late' });
    const unknown = row({ verdict: 'unknown' });
    const gone = row({ verdict: 'late', cancelled: true });
    expect(pictureOf([row({}), unknown, late]).verdict).toBe('late');
    expect(pictureOf([row({}), unknown]).verdict).toBe('unknown');
    expect(pictureOf([row({}), gone])).toEqual({ live: 1, cancelled: 1, verdict: 'onTime' });
    expect(pictureOf([gone])).toEqual({ live: 0, cancelled: 1, verdict: 'cancelled' });
  });
});
