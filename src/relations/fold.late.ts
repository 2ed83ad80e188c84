import { dayNumber, dayOfNumber, lastWorkingDayBefore } from '../platform/calendar-days.ts';

interface Span {
  startDate: string;
  endDate: string | null;
}

/** Day numbers, first and last included. */
type Range = [from: number, to: number];

const endOf = (span: Span) => (span.endDate === null ? Number.POSITIVE_INFINITY : dayNumber(span.endDate));

/**
 * The days, as ranges, that a change declared on that day touched too late for the worker not to be warned:
 * - a day already begun that a later start takes away, at once;
 * - a day that an earlier end takes away, or a past day that is added, once the first working day after it has passed.
 * Ranges, because a mistaken date can lie decades away.
 * Source: timing of Dimona UPDATE and OUT, "the first working day after".
 */
export function rangesChangedLate(before: Span, after: Span, receiptDay: string): Range[] {
  if (before.startDate === after.startDate && before.endDate === after.endDate) return [];
  const [start, end, newStart, newEnd] = [
    dayNumber(before.startDate),
    endOf(before),
    dayNumber(after.startDate),
    endOf(after),
  ];
  const today = dayNumber(receiptDay);
  // The first working day after d has passed exactly when d lies before the last working day that precedes today.
  const settled = dayNumber(lastWorkingDayBefore(receiptDay)) - 1;
  const ranges: Range[] = [
    [start, Math.min(end, newStart - 1, today)],
    [Math.max(start, newEnd + 1), Math.min(end, settled)],
    [newStart, Math.min(newEnd, start - 1, settled)],
    [Math.max(newStart, end + 1), Math.min(newEnd, settled)],
  ];
  return ranges.filter(([from, to]) => from <= to).sort((a, b) => a[0] - b[0]);
}

/** The days of ranges in order. Cut at a thousand: no period of temp work is that long, and a page names these one by one. */
export function daysOf(ranges: Range[]): string[] {
  const days: string[] = [];
  for (const [from, to] of ranges) {
    for (let day = from; day <= to && days.length < 1000; day++) days.push(dayOfNumber(day));
  }
  return days;
}
