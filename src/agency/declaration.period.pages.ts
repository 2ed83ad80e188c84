import { hourOfInstant } from '../platform/calendar-days.ts';
import { committeeName, type Mark, markOf, typeName, userName } from '../relations/names.pages.ts';
import type { WorkRelation } from '../relations/relation.ts';
import { story } from '../relations/timeline.pages.ts';
import { isSameDayWithoutHour } from '../relations/verdict.pages.ts';
import { briefMoment, capital, dayNear, dayRange, hour, hourRange, moment, periodNumber } from '../web/dates.ts';
import { type Lang, type Part, plain, rich, say, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import type { OfSamePeriod, OneDeclaration } from './declarations.ts';
import { kindName, remarkNames } from './words.pages.ts';

/** The period of a declaration as it stands now, why it counts as on time or late, and everything declared of it. */
export interface PeriodNow {
  when: string;
  about: string;
  number: string;
  mark: Mark;
  markWord: string;
  verdict: Part[];
  notes: string[];
  story: Entry[];
}

interface Entry {
  when: string;
  what: Part[];
  lines: string[];
  href: string;
  isThis: boolean;
  isRefused: boolean;
}

export function periodNow(lang: Lang, one: OneDeclaration, relation: WorkRelation, today: string): PeriodNow {
  const mark = markOf(relation);
  const { startDate, startHour, endDate, endHour } = relation;
  const hours = startHour === null ? '' : hourRange(lang, startHour, endHour);
  const warnings = words(lang, 'warning');
  return {
    when: [capital(dayRange(lang, startDate, endDate)), hours].filter(Boolean).join(', '),
    about: [
      userName(lang, { ...relation, userName: relation.userCompanyName }),
      typeName(lang, relation.workerType),
      committeeName(lang, relation.jointCommittee),
    ].join(' · '),
    number: periodNumber(relation.periodId),
    mark,
    markWord: words(lang, 'verdict')[mark],
    verdict: verdictWords(lang, relation, today),
    notes: relation.allWarnings.map((warning) => warnings[warning]),
    story: entries(lang, one, relation, today),
  };
}

/** The two moments that decide, told to who declared. */
function verdictWords(lang: Lang, relation: WorkRelation, today: string): Part[] {
  const { receivedAt, startHour, startDate, verdict } = relation;
  if (receivedAt === null || verdict === 'unknown') return [plain(words(lang, 'deskDetail').verdict.unknown)];
  const day = dayNear(lang, startDate, today);
  const start = startHour === null ? day : say(lang, 'detail.dayHour', { day, hour: hour(lang, startHour) });
  const values = { received: moment(lang, receivedAt, today), start, hour: hour(lang, hourOfInstant(receivedAt)) };
  if (verdict === 'late')
    return rich(lang, startHour === null ? 'deskDetail.verdict.lateDay' : 'deskDetail.verdict.lateHour', values);
  return rich(
    lang,
    isSameDayWithoutHour(relation) ? 'deskDetail.verdict.sameDay' : 'deskDetail.verdict.onTime',
    values,
  );
}

/** Accepted declarations as the worker reads them, and between them the refused ones, which he never sees. */
function entries(
  lang: Lang,
  { declaration, samePeriod }: OneDeclaration,
  relation: WorkRelation,
  today: string,
): Entry[] {
  const accepted = new Map(story(lang, relation, today).map((entry) => [entry.id, entry]));
  return samePeriod.map((same): Entry => {
    const told = accepted.get(`d${same.declarationId}`) ?? plainEntry(lang, same, today);
    return {
      when: told.when,
      what: told.what,
      lines: told.lines,
      href: paths.agencyDeclaration(same.declarationId),
      isThis: same.declarationId === declaration.declarationId,
      isRefused: same.result === 'B',
    };
  });
}

/** A refused declaration, or a daily registration: neither changed anything. */
function plainEntry(lang: Lang, same: OfSamePeriod, today: string): Pick<Entry, 'when' | 'what' | 'lines'> {
  const kind = kindName(lang, same.kind);
  return {
    when: same.receivedAt === null ? words(lang, 'detail').noMoment : briefMoment(lang, same.receivedAt, today),
    what: same.result === 'B' ? rich(lang, 'deskDetail.refusedKind', { kind }) : [plain(kind)],
    lines: remarkNames(lang, same.anomalies),
  };
}
