import { dayOfInstant, daysBetween, firstWorkingDayAfter } from '../../src/platform/calendar-days.ts';
import type { AcceptedDeclaration } from '../../src/relations/fold.ts';

/**
 * What a history adds up to, told from the rules alone: every prefix from scratch, days as sets, moments by Temporal.
 * Only good for short periods; that is the point.
 */
export function expectedOf(history: AcceptedDeclaration[]) {
  const [first, ...later] = history;
  if (first === undefined) throw new Error('no history');
  const warnings = new Set<string>();
  let decider = first;
  const daysChangedLate: string[][] = [[]];
  for (let n = 1; n <= later.length; n++) {
    const before = standing(history.slice(0, n));
    const after = standing(history.slice(0, n + 1));
    const d = later[n - 1] as AcceptedDeclaration;
    if (d.kind === 'UPDATE' && startKey(after) < startKey(before)) decider = d;
    const days = d.receivedAt === null ? [] : lateDays(before, after, dayOfInstant(d.receivedAt));
    daysChangedLate.push(days);
    if (days.length > 0) warnings.add('changedAfterStart');
    if (d.receivedAt === null) continue;
    if (d.kind === 'CANCEL' && dayOfInstant(d.receivedAt) > before.startDate) warnings.add('cancelledAfterStart');
  }
  const { startDate, startHour, endDate, endHour, plannedHours, cancelled } = standing(history);
  const due = dueMoment(startDate, startHour);
  const received = decider.receivedAt === null ? null : Temporal.Instant.from(decider.receivedAt);
  const row = {
    ...{ startDate, startHour, endDate, endHour, plannedHours, cancelled },
    decidedBy: decider.declarationId,
    receivedAt: decider.receivedAt,
    dueAt: due.toString(),
    verdict: received === null ? 'unknown' : Temporal.Instant.compare(received, due) <= 0 ? 'onTime' : 'late',
    warnings: ['cancelledAfterStart', 'changedAfterStart'].filter((warning) => warnings.has(warning)),
    anomalies: history.flatMap((d) => d.anomalies).filter((code, i, all) => all.indexOf(code) === i),
  };
  return { row, daysChangedLate };
}

type Standing = ReturnType<typeof standing>;

function standing(history: AcceptedDeclaration[]) {
  const naming = (field: 'startDate' | 'startHour' | 'endDate' | 'endHour' | 'plannedHours') =>
    history.findLast((d) => d[field] !== undefined && (d.kind !== 'OUT' || field === 'endDate'))?.[field] ?? null;
  return {
    startDate: naming('startDate') as string,
    startHour: naming('startHour') as string | null,
    endDate: naming('endDate') as string,
    endHour: naming('endHour') as string | null,
    plannedHours: naming('plannedHours') as number | null,
    cancelled: history.some((d) => d.kind === 'CANCEL'),
  };
}

const startKey = (s: Standing) => `${s.startDate} ${s.startHour ?? '9999'}`;

function dueMoment(day: string, hour: string | null): Temporal.Instant {
  const date = Temporal.PlainDate.from(day);
  if (hour === null)
    return date.add({ days: 1 }).toZonedDateTime('Europe/Brussels').toInstant().subtract({ milliseconds: 1 });
  const plainTime = Temporal.PlainTime.from({ hour: Number(hour.slice(0, 2)), minute: Number(hour.slice(2)) });
  return date.toZonedDateTime({ timeZone: 'Europe/Brussels', plainTime }).toInstant();
}

function daysIn(s: Standing): Set<string> {
  const first = Temporal.PlainDate.from(s.startDate);
  return new Set(
    Array.from({ length: daysBetween(s.startDate, s.endDate) + 1 }, (_, n) => first.add({ days: n }).toString()),
  );
}

/** The days that make the warning, one by one. */
function lateDays(before: Standing, after: Standing, receipt: string): string[] {
  const old = daysIn(before);
  const fresh = daysIn(after);
  const isSettled = (day: string) => receipt > firstWorkingDayAfter(day);
  const removed = [...old].filter((day) => !fresh.has(day) && day <= receipt);
  const added = [...fresh].filter((day) => !old.has(day) && day < receipt);
  return [...removed.filter((day) => day < after.startDate || isSettled(day)), ...added.filter(isSettled)].sort();
}
