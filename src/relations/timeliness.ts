import { instantAt } from '../platform/calendar-days.ts';
import type { Verdict } from './relation.ts';

const known = new Map<string, string>();

/**
 * The moment by which the start of a period must have been declared: the start hour if Dimona holds one, else the last
 * millisecond of the start date; on Belgian clocks, as an instant.
 * Source: timing of a Dimona IN, "at the latest when the worker starts". Without an hour the start day itself is still in time.
 */
export function dueAt(startDate: string, startHour: string | null): string {
  const key = startHour === null ? startDate : startDate + startHour;
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= 100_000) known.clear();
  const time = startHour === null ? '23:59:59.999' : `${startHour.slice(0, 2)}:${startHour.slice(2)}`;
  const due = instantAt(startDate, time);
  known.set(key, due);
  return due;
}

/** Whether a receipt keeps a due moment (both instants); unknown when history came without its receipt. */
export function verdictOf(receivedAt: string | null, due: string): Verdict {
  if (receivedAt === null) return 'unknown';
  return Date.parse(receivedAt) <= Date.parse(due) ? 'onTime' : 'late';
}

/** A start as text that sorts: by date, then by hour; a start without an hour may lie anywhere in its day, so it sorts last. */
function startKey(startDate: string, startHour: string | null): string {
  return startDate + (startHour ?? '2400');
}

type Start = { startDate: string; startHour: string | null };

/** Whether a start moved earlier: such an UPDATE decides timeliness anew and can be late itself. */
export function movedEarlier(before: Start, after: Start): boolean {
  return startKey(after.startDate, after.startHour) < startKey(before.startDate, before.startHour);
}
