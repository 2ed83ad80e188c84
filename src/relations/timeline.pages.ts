import { briefMoment, dayRange, hour, hourRange, mediumDay } from '../web/dates.ts';
import { knows, type Lang, type Part, rich, say, words } from '../web/language.ts';
import { companyName, typeName } from './names.pages.ts';
import type { Change, ChangedField, TimelineEntry, WorkRelation } from './relation.ts';

/** Who sent what when, and what it changed: the timeline of one relation in words. */

export interface StoryEntry {
  id: string;
  when: string;
  what: Part[];
  lines: string[];
}

type Span = Pick<WorkRelation, 'startDate' | 'startHour' | 'endDate' | 'endHour' | 'plannedHours'>;
const SPAN = ['startDate', 'startHour', 'endDate', 'endHour', 'plannedHours'] as const;

/** Entries in order of receipt. `today` decides whether a moment needs its year. */
export function story(lang: Lang, relation: WorkRelation, today: string): StoryEntry[] {
  const agency = companyName(lang, relation.agencyName, relation.agencyNumber);
  const first = asFirstDeclared(relation);
  return relation.timeline.map((entry) => ({
    id: `d${entry.declarationId}`,
    when: entry.receivedAt === null ? words(lang, 'detail').noMoment : briefMoment(lang, entry.receivedAt, today),
    what: rich(lang, `detail.kind.${entry.kind}`, { agency }),
    lines: [
      ...(entry.kind === 'IN' ? [opening(lang, relation, first)] : changes(lang, entry)),
      ...remarks(lang, entry),
    ],
  }));
}

/** The relation's days and hours before anything changed them: the changes taken back, last one first. */
export function asFirstDeclared(relation: WorkRelation): Span {
  const { startDate, startHour, endDate, endHour, plannedHours } = relation;
  const span: Span = { startDate, startHour, endDate, endHour, plannedHours };
  for (const entry of relation.timeline.toReversed()) {
    for (const field of SPAN) {
      const change = entry.changes[field];
      if (change !== undefined) Object.assign(span, { [field]: change.from });
    }
  }
  return span;
}

function opening(lang: Lang, relation: WorkRelation, span: Span): string {
  const facts = [dayRange(lang, span.startDate, span.endDate)];
  if (span.startHour !== null) facts.push(hourRange(lang, span.startHour, span.endHour));
  if (span.plannedHours !== null) facts.push(say(lang, 'detail.plannedFact', { n: span.plannedHours }));
  facts.push(typeName(lang, relation.workerType));
  if (relation.userKey !== null) facts.push(companyName(lang, relation.userCompanyName, relation.userNumber));
  return `${facts.join(', ')}.`;
}

function changes(lang: Lang, entry: TimelineEntry): string[] {
  return SPAN.flatMap((field) => {
    const change = entry.changes[field];
    if (change === undefined) return [];
    return [
      say(lang, `detail.change.${field}`, { from: spell(lang, field, change.from), to: spell(lang, field, change.to) }),
    ];
  });
}

function spell(lang: Lang, field: ChangedField, value: Change): string {
  if (value === null) return words(lang, 'detail').noValue;
  if (field === 'startDate' || field === 'endDate') return mediumDay(lang, String(value));
  if (field === 'startHour' || field === 'endHour') return hour(lang, String(value)) + words(lang, 'dates').hourWord;
  return String(value);
}

function remarks(lang: Lang, entry: TimelineEntry): string[] {
  return entry.anomalies.map((code) =>
    code.endsWith('-460')
      ? words(lang, 'detail').acceptedLate
      : say(lang, 'detail.acceptedRemark', { remark: remarkName(lang, code) }),
  );
}

/** An anomaly of an accepted declaration in words; one without words of ours keeps its number. */
export function remarkName(lang: Lang, code: string): string {
  const key = `remark.${code}`;
  return knows(lang, key) ? say(lang, key) : say(lang, 'remark.other', { code });
}
