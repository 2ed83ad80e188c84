import { dayNumber } from '../platform/calendar-days.ts';
import type { PeriodDays } from '../relations/relation.ts';

/** The rules that look at a worker's other periods at the same agency. Open-ended periods run for ever. */

const endOf = (state: PeriodDays) => state.endDate ?? '9999-12-31';

/** What two periods must share to be in each other's way; agency and worker they share already. */
function isAlike(a: PeriodDays, b: PeriodDays): boolean {
  return a.workerType === b.workerType && a.userKey === b.userKey && a.periodId !== b.periodId;
}

function isDuplicate(a: PeriodDays, b: PeriodDays): boolean {
  return (
    a.startDate === b.startDate && a.endDate === b.endDate && a.startHour === b.startHour && a.endHour === b.endHour
  );
}

/** By days, both ends included; two single days with hours by the hours, the end excluded, a missing one is midnight. */
function isOverlapping(a: PeriodDays, b: PeriodDays): boolean {
  if (a.startDate > endOf(b) || b.startDate > endOf(a)) return false;
  const isDay = a.startDate === endOf(a) && b.startDate === endOf(b);
  if (!isDay || a.startHour === null || b.startHour === null) return true;
  return a.startHour < (b.endHour ?? '2400') && b.startHour < (a.endHour ?? '2400');
}

/** Whether a period is the double of another live one, or overlaps one; a double is looked for first. */
export function clashOf(period: PeriodDays, others: Iterable<PeriodDays>): 'duplicate' | 'overlap' | null {
  let clash: 'overlap' | null = null;
  for (const other of others) {
    if (!isAlike(period, other)) continue;
    if (isDuplicate(period, other)) return 'duplicate';
    if (clash === null && isOverlapping(period, other)) clash = 'overlap';
  }
  return clash;
}

/**
 * Whether an occasional worker (EXT) would work a third consecutive day for the agency, at whatever user company.
 * Only two days before and after the period matter.
 */
export function isThirdDay(period: PeriodDays, others: Iterable<PeriodDays>): boolean {
  const start = dayNumber(period.startDate);
  const end = dayNumber(endOf(period));
  const near = [start - 2, start - 1, end + 1, end + 2];
  const covered = [false, false, false, false];
  for (const other of others) {
    if (other.workerType !== 'EXT' || other.periodId === period.periodId) continue;
    const [from, to] = [dayNumber(other.startDate), dayNumber(endOf(other))];
    for (let i = 0; i < 4; i++) covered[i] ||= from <= (near[i] ?? 0) && (near[i] ?? 0) <= to;
  }
  const before = covered[1] ? (covered[0] ? 2 : 1) : 0;
  const after = covered[2] ? (covered[3] ? 2 : 1) : 0;
  return before + (end - start + 1) + after >= 3;
}
