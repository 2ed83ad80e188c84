import { isDay } from '../platform/calendar-days.ts';
import { isInsz } from '../platform/ids.ts';
import type { Declaration, Employer } from './declaration.ts';
import type { Received } from './declarations.batch.ts';
import { inszOf } from './intake.parties.ts';

/** The days on which other periods could matter, `infinity` where there is no end; null: nothing of other periods is asked. */
export type Span = { first: string; last: string } | null;

/** A worker and the employer who declares for him, with the days of both. */
export interface Paired {
  insz: string;
  employer: string;
  span: Span;
}

/** What the rules may ask about some declarations: by id, by key, by number, by name; workers and periods with their days. */
export interface Asked {
  ids: string[];
  keys: string[];
  enterprises: string[];
  nssos: string[];
  /** By INSZ and employer: what other agencies declared for a worker is nobody's concern. */
  workers: Map<string, Paired>;
  periods: Map<string, Span>;
  /** Family names of persons without INSZ, and the days of all declarations there are. */
  names: string[];
  named: Span;
}

export function askedOf(received: Received[]): Asked {
  const [ids, enterprises, nssos, names] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()];
  const asked = { workers: new Map<string, Paired>(), periods: new Map<string, Span>() };
  const begun = new Map<string, { insz: string; employer: Employer }>();
  let all: Span = null;
  for (const { declaration: d } of received) {
    const days = daysOf(d);
    all = wider(all, days);
    if (d.declarationId) ids.add(d.declarationId);
    if (d.employer.enterpriseNumber) enterprises.add(d.employer.enterpriseNumber);
    if (d.employer.nssoNumber) nssos.add(d.employer.nssoNumber);
    const insz = rightInszOf(d);
    if (insz !== null) pair(asked.workers, insz, d.employer, d.kind === 'IN' ? days : null);
    else if (d.kind === 'IN' && d.worker?.familyName) names.add(d.worker.familyName);
    if (d.periodId === undefined) continue;
    widen(asked.periods, d.periodId, d.kind === 'UPDATE' ? days : null);
    if (d.kind === 'IN' && insz !== null) begun.set(d.periodId, { insz, employer: d.employer });
    const beginner = begun.get(d.periodId);
    if (beginner !== undefined) pair(asked.workers, beginner.insz, beginner.employer, days);
  }
  const keys = received.flatMap(({ sourceKey }) => sourceKey ?? []);
  const of = { ids: [...ids], enterprises: [...enterprises], nssos: [...nssos], names: [...names] };
  return { ...asked, ...of, keys, named: all };
}

/** The INSZ it gives, where it is one in whichever century the receipt allows. */
function rightInszOf({ worker }: Declaration): string | null {
  const insz = inszOf(worker);
  return insz !== undefined && isInsz(insz, 9999) ? insz : null;
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

function pair(workers: Map<string, Paired>, insz: string, by: Employer, days: Span): void {
  const employer = employerKey(by);
  const key = `${insz} ${employer}`;
  workers.set(key, { insz, employer, span: wider(workers.get(key)?.span ?? null, days) });
}

/** An employer as a statement finds him: by enterprise number, else by NSSO number. */
function employerKey({ enterpriseNumber, nssoNumber }: Employer): string {
  return enterpriseNumber && /[1-9]/.test(enterpriseNumber) ? enterpriseNumber : `nsso ${nssoNumber ?? ''}`;
}
