import { dayOfInstant, hourOfInstant } from '../platform/calendar-days.ts';
import { dayNear, hour, hourRange, moment, shortDay } from '../web/dates.ts';
import { type Lang, type Part, plain, rich, say, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { companyName, type Mark, markOf } from './names.pages.ts';
import type { WorkRelation } from './relation.ts';
import { type Line, lineOf } from './verdict.svg.ts';

/** Why a relation counts as on time or late, told with its two moments, and what that means. */

export interface VerdictBox {
  mark: Mark;
  title: string;
  paragraphs: Part[][];
  line: Line | null;
}

export function verdictBox(lang: Lang, relation: WorkRelation, today: string): VerdictBox {
  const mark = markOf(relation);
  const told = timeliness(lang, relation, today);
  const paragraphs = relation.cancelled ? [...cancelled(lang, relation, today), ...told] : told;
  return { mark, title: words(lang, 'detail').box[mark], paragraphs, line: verdictLine(lang, relation) };
}

function timeliness(lang: Lang, relation: WorkRelation, today: string): Part[][] {
  const agency = companyName(lang, relation.agencyName, relation.agencyNumber);
  if (relation.verdict === 'unknown' || relation.receivedAt === null)
    return [rich(lang, 'detail.unknownText', { agency })];
  const said = [because(lang, relation, relation.receivedAt, agency, today)];
  const decider = relation.timeline.find((entry) => entry.declarationId === relation.decidedBy);
  if (decider?.kind === 'UPDATE') said.push(rich(lang, 'detail.decidedByUpdate', { agency }));
  if (relation.cancelled) return said;
  if (relation.verdict === 'late') said.push(rich(lang, 'detail.lateMeaning', {}, { a: paths.help('late') }));
  else if (!isSameDayWithoutHour(relation)) said.push([plain(words(lang, 'detail').onTimeMeaning)]);
  return said;
}

/** Dimona holds no hour and it was declared on the day itself: nobody can tell whether that was before the work. */
export function isSameDayWithoutHour(relation: WorkRelation): boolean {
  return (
    relation.startHour === null &&
    relation.receivedAt !== null &&
    dayOfInstant(relation.receivedAt) === relation.startDate
  );
}

function because(lang: Lang, relation: WorkRelation, receivedAt: string, agency: string, today: string): Part[] {
  const day = dayNear(lang, relation.startDate, today);
  const { startHour } = relation;
  const start = startHour === null ? day : say(lang, 'detail.dayHour', { day, hour: hour(lang, startHour) });
  const values = {
    agency,
    received: moment(lang, receivedAt, today),
    start,
    hour: hour(lang, hourOfInstant(receivedAt)),
  };
  if (relation.verdict === 'late') return rich(lang, startHour === null ? 'detail.lateDay' : 'detail.lateHour', values);
  if (isSameDayWithoutHour(relation)) return rich(lang, 'detail.onTimeSameDay', values, { a: paths.help('late') });
  return rich(lang, startHour === null ? 'detail.onTimeDay' : 'detail.onTimeHour', values);
}

function cancelled(lang: Lang, relation: WorkRelation, today: string): Part[][] {
  const agency = companyName(lang, relation.agencyName, relation.agencyNumber);
  const at = relation.timeline.findLast((entry) => entry.kind === 'CANCEL')?.receivedAt ?? null;
  return [
    at === null
      ? rich(lang, 'detail.cancelledTextNoMoment', { agency })
      : rich(lang, 'detail.cancelledText', { agency, moment: moment(lang, at, today) }),
    rich(lang, 'detail.cancelledMeaning', {}, { a: paths.help('cancelled') }),
    [plain(words(lang, 'detail').cancelledBefore)],
  ];
}

/** The verdict drawn; null where there is none. */
export function verdictLine(lang: Lang, relation: WorkRelation): Line | null {
  const { receivedAt, startDate, startHour, endDate, endHour } = relation;
  if (receivedAt === null || relation.verdict === 'unknown') return null;
  const days =
    endDate === null || endDate === startDate
      ? shortDay(lang, startDate)
      : `${shortDay(lang, startDate)} – ${shortDay(lang, endDate)}`;
  const work = startHour === null ? days : `${days}, ${hourRange(lang, startHour, endHour)}`;
  const received = `${shortDay(lang, dayOfInstant(receivedAt))}, ${hour(lang, hourOfInstant(receivedAt))}`;
  return lineOf({
    startDate,
    startHour,
    endDate,
    endHour,
    receivedAt,
    workLabel: work,
    declaredLabel: say(lang, 'detail.lineDeclared', { moment: received }),
  });
}
