import { isDay } from '../platform/calendar-days.ts';
import { isInsz } from '../platform/ids.ts';
import type { Declaration } from './declaration.ts';
import type { Received } from './declarations.batch.ts';
import { inszOf } from './intake.parties.ts';

/** The days on which other periods could matter, `infinity` where there is no end; null: nothing of other periods is asked. */
export type Span = { first: string; last: string } | null;

/** What the rules may ask about some declarations: by id, by key, by number, by name; workers and periods with their days. */
export interface Asked {
  ids: string[];
  keys: string[];
  enterprises: string[];
  nssos: string[];
  workers: Map<string, Span>;
  periods: Map<string, Span>;
  /** Family names of persons without INSZ, and the days of all declarations there are. */
  names: string[];
  named: Span;
}

export function askedOf(received: Received[]): Asked {
  const [ids, enterprises, nssos, names] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()];
  const asked = { workers: new Map<string, Span>(), periods: new Map<string, Span>() };
  const begun = new Map<string, string>();
  let all: Span = null;
  for (const { declaration: d } of received) {
    const days = daysOf(d);
    all = wider(all, days);
    if (d.declarationId) ids.add(d.declarationId);
    if (d.employer.enterpriseNumber) enterprises.add(d.employer.enterpriseNumber);
    if (d.employer.nssoNumber) nssos.add(d.employer.nssoNumber);
    const insz = inszOf(d.worker);
    // whichever century the receipt allows
    if (insz !== undefined && isInsz(insz, 9999)) widen(asked.workers, insz, d.kind === 'IN' ? days : null);
    else if (d.kind === 'IN' && d.worker?.familyName) names.add(d.worker.familyName);
    if (d.periodId === undefined) continue;
    widen(asked.periods, d.periodId, d.kind === 'UPDATE' ? days : null);
    if (d.kind === 'IN' && insz !== undefined) begun.set(d.periodId, insz);
    const beginner = begun.get(d.periodId);
    if (beginner !== undefined && asked.workers.has(beginner)) widen(asked.workers, beginner, days);
  }
  const keys = received.flatMap(({ sourceKey }) => sourceKey ?? []);
  const of = { ids: [...ids], enterprises: [...enterprises], nssos: [...nssos], names: [...names] };
  return { ...asked, ...of, keys, named: all };
}

/** Of an UPDATE the days it names: the period's own are added where it stands. OUT and CANCEL are compared with nothing. */
function daysOf({ kind, startDate, endDate }: Declaration): Span {
  const [start, end] = [startDate, endDate].map((day) => (day !== undefined && isDay(day) ? day : null));
  if (kind === 'IN' && start) return { first: start, last: end ?? 'infinity' };
  if (kind !== 'UPDATE') return null;
  return wider(start ? { first: start, last: start } : NO_DAY, end ? { first: end, last: end } : null);
}

const NO_DAY = { first: 'infinity', last: '-infinity' };

/** Days compare as text; `-infinity` comes before and `infinity` after all of them. */
function wider(a: Span, b: Span): Span {
  if (a === null || b === null) return a ?? b;
  return { first: a.first < b.first ? a.first : b.first, last: a.last > b.last ? a.last : b.last };
}

function widen(spans: Map<string, Span>, key: string, days: Span): void {
  spans.set(key, wider(spans.get(key) ?? null, days));
}
