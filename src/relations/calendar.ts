import { addDays, dayNumber, dayOfNumber } from '../platform/calendar-days.ts';
import type { CalendarRow } from './found.ts';

/** Days as calendars draw them. Days are `YYYY-MM-DD`, months `YYYY-MM`; weeks begin on Monday. */

/** First and last day of a month. */
export function monthSpan(month: string): { first: string; last: string } {
  const first = `${month}-01`;
  const [year = 0, number = 1] = month.split('-').map(Number);
  const next =
    number === 12
      ? `${String(year + 1).padStart(4, '0')}-01-01`
      : `${month.slice(0, 5)}${String(number + 1).padStart(2, '0')}-01`;
  return { first, last: addDays(next, -1) };
}

/** The month before or after. */
export function monthBeside(month: string, step: 1 | -1): string {
  const { first, last } = monthSpan(month);
  return addDays(step === 1 ? last : first, step).slice(0, 7);
}

/** The twelve months of a year. */
export function monthsOf(year: number): string[] {
  return Array.from({ length: 12 }, (_, i) => `${String(year).padStart(4, '0')}-${String(i + 1).padStart(2, '0')}`);
}

/** The whole weeks that a month touches, days of its neighbours included. */
export function weeksOf(month: string): string[][] {
  const { first, last } = monthSpan(month);
  const weekday = (number: number) => (((number + 3) % 7) + 7) % 7;
  const begin = dayNumber(first) - weekday(dayNumber(first));
  const end = dayNumber(last) + (6 - weekday(dayNumber(last)));
  const weeks: string[][] = [];
  for (let monday = begin; monday <= end; monday += 7) {
    weeks.push(Array.from({ length: 7 }, (_, i) => dayOfNumber(monday + i)));
  }
  return weeks;
}

/**
 * The relations of every day between two days inclusive; days without one are absent. An open end runs to the last day asked for.
 * Within a day: by start hour (those without one first), else in the order given.
 */
export function byDay(rows: CalendarRow[], first: string, last: string): Map<string, CalendarRow[]> {
  const days = new Map<string, CalendarRow[]>();
  const from = dayNumber(first);
  const until = dayNumber(last);
  for (const row of rows) {
    const end = Math.min(row.endDate === null ? until : dayNumber(row.endDate), until);
    for (let number = Math.max(dayNumber(row.startDate), from); number <= end; number++) {
      const day = dayOfNumber(number);
      const found = days.get(day);
      if (found === undefined) days.set(day, [row]);
      else found.push(row);
    }
  }
  for (const found of days.values()) {
    if (found.length > 1) found.sort((a, b) => (a.hours?.start ?? '').localeCompare(b.hours?.start ?? ''));
  }
  return days;
}

/** What a day looks like from afar: how many live relations, and whether all is cancelled or one is late or not known. */
export interface DayPicture {
  live: number;
  cancelled: number;
  verdict: 'onTime' | 'late' | 'unknown' | 'cancelled';
}

/** The worst is shown: late, then not known, then on time; cancelled only when nothing else is left. */
export function pictureOf(rows: CalendarRow[]): DayPicture {
  const live = rows.filter((row) => !row.cancelled);
  const has = (verdict: CalendarRow['verdict']) => live.some((row) => row.verdict === verdict);
  const verdict = live.length === 0 ? 'cancelled' : has('late') ? 'late' : has('unknown') ? 'unknown' : 'onTime';
  return { live: live.length, cancelled: rows.length - live.length, verdict };
}
