import { dayOfInstant } from '../platform/calendar-days.ts';
import { companyName } from '../relations/names.pages.ts';
import type { WorkRelation } from '../relations/relation.ts';
import { type VerdictBox, verdictBox } from '../relations/verdict.pages.ts';
import { briefMoment, dayRange, enterpriseNumber, hourRange, longDay, shortDay } from '../web/dates.ts';
import { type Lang, type Part, rich, say, words } from '../web/language.ts';
import { differencesOf, isOverdue, type Report, type ReportState, type Told, type WholeReport } from './report.ts';

/** What worker and agency read alike: where a report stands, what was told, what happened, and what is declared now. */

export interface Fact {
  label: string;
  value: string;
  note: string | null;
}

export interface StateMark {
  tone: 'onTime' | 'late' | 'none' | 'cancelled';
  word: string;
}

/** 'Niet aangegeven: wo 18 nov 2026'. */
export function reportName(lang: Lang, { kind, firstDay, lastDay }: Told): string {
  return say(lang, 'reports.name', {
    kind: words(lang, 'reports').kind[kind],
    days: dayRange(lang, firstDay, lastDay),
  });
}

export function stateMark(lang: Lang, report: Pick<Report, 'state' | 'dueOn'>, today: string): StateMark {
  const w = words(lang, 'reports').state;
  if (isOverdue(report, today)) return { tone: 'late', word: w.overdue };
  const tone = { sent: 'none', seen: 'none', answered: 'onTime', closed: 'cancelled' } as const;
  return { tone: tone[report.state], word: w[report.state] };
}

/** What the worker told, as he told it. */
export function toldFacts(lang: Lang, told: Told): Fact[] {
  const w = words(lang, 'reports').fact;
  const fact = (label: string, value: string | null, note: string | null = null): Fact[] =>
    value === null || value === '' ? [] : [{ label, value, note }];
  const number = (digits: string | null) => (digits === null ? null : enterpriseNumber(digits));
  return [
    ...fact(w.wrong, words(lang, 'reports').kind[told.kind]),
    ...fact(w.days, dayRange(lang, told.firstDay, told.lastDay)),
    ...fact(w.hours, told.startHour === null ? null : hourRange(lang, told.startHour, told.endHour)),
    ...fact(w.agency, told.agencyName, number(told.agencyNumber)),
    ...fact(w.company, userOf(lang, told), told.userName === null ? null : number(told.userNumber)),
    ...fact(w.note, told.note),
  ];
}

function userOf(lang: Lang, { userName, userNumber }: Told): string | null {
  return userName === null && userNumber === null ? null : companyName(lang, userName, userNumber);
}

export interface Step {
  name: ReportState;
  label: string;
  when: string | null;
  done: boolean;
  current: boolean;
}

const STEPS: readonly ReportState[] = ['sent', 'seen', 'answered', 'closed'];
const EVENTS_OF = {
  sent: ['sent', 'replied'],
  seen: ['seen'],
  answered: ['answered', 'declared'],
  closed: ['confirmed', 'withdrawn'],
} as const;

/** The way of a report, each step with the moment it was reached. */
export function stepsOf(lang: Lang, report: WholeReport, today: string): Step[] {
  const w = words(lang, 'reports').step;
  const at = STEPS.indexOf(report.state);
  return STEPS.map((name, i) => {
    const kinds: readonly string[] = EVENTS_OF[name];
    const event = name === 'sent' ? report.events[0] : report.events.findLast(({ kind }) => kinds.includes(kind));
    const isReached = i <= at && event !== undefined;
    return {
      name,
      label: w[name],
      when: isReached ? briefMoment(lang, event.at, today) : null,
      done: i <= at,
      current: i === at,
    };
  });
}

export interface StoryEntry {
  id: string;
  when: string;
  what: Part[];
  /** What somebody wrote, paragraph by paragraph. */
  words: string[];
}

/** Everything that happened, in order; `hrefOf` leads to what was declared. */
export function storyOf(
  lang: Lang,
  report: WholeReport,
  about: {
    side: 'worker' | 'desk';
    person: string;
    today: string;
    hrefOf(event: WholeReport['events'][number]): string;
  },
): StoryEntry[] {
  const { side, person, today } = about;
  return report.events.map((event, i) => ({
    id: `e${i + 1}`,
    when: briefMoment(lang, event.at, today),
    what: rich(
      lang,
      `reports.${side}Event.${event.kind}`,
      { agency: report.agencyName, person, by: event.by ?? report.agencyName },
      { a: about.hrefOf(event) },
    ),
    words: event.words ? paragraphs(event.words) : [],
  }));
}

export function paragraphs(text: string): string[] {
  return text.split(/\n+/).filter((line) => line.trim() !== '');
}

/** What is declared now beside what was told. */
export interface Mended {
  id: string;
  heading: string;
  verdict: VerdictBox;
  rows: { label: string; told: string; declared: string; isSame: boolean; word: string }[];
  href: string;
}

export function mendedBy(lang: Lang, report: Report, relation: WorkRelation, today: string, href: string): Mended {
  const w = words(lang, 'reports');
  const spelled = {
    days: [
      dayRange(lang, report.firstDay, report.lastDay),
      dayRange(lang, relation.startDate, relation.endDate),
      w.fact.days,
    ],
    hours: [
      hourRange(lang, report.startHour ?? '', report.endHour),
      hourRange(lang, relation.startHour ?? '', relation.endHour),
      w.fact.hours,
    ],
    company: [
      userOf(lang, report) ?? '',
      companyName(lang, relation.userCompanyName, relation.userNumber),
      w.fact.company,
    ],
  } as const;
  return {
    id: `p${relation.periodId}`,
    heading: say(lang, 'reports.declaredNow', {
      company: companyName(lang, relation.userCompanyName, relation.userNumber),
      days: dayRange(lang, relation.startDate, relation.endDate),
    }),
    verdict: verdictBox(lang, relation, today),
    rows: relation.cancelled
      ? []
      : differencesOf(report, relation).map(({ field, isSame }) => {
          const pair = spelled[field];
          return { label: pair[2], told: pair[0], declared: pair[1], isSame, word: isSame ? w.same : w.differs };
        }),
    href,
  };
}

/** 'maandag 30 november', for the end of a term. */
export function termOf(lang: Lang, { dueOn }: Report): string {
  return longDay(lang, dueOn);
}

export function sentOn(lang: Lang, { sentAt }: Report): string {
  return shortDay(lang, dayOfInstant(sentAt));
}
