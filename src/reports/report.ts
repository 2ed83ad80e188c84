import type { News } from '../notices/notice.ts';
import { dayOfInstant, firstWorkingDayAfter } from '../platform/calendar-days.ts';
import type { RelationState } from '../relations/relation.ts';

/**
 * Report: a worker says that something is wrong or missing, and his agency answers. Days are `YYYY-MM-DD`, hours `HHMM` in Belgium,
 * instants ISO 8601 in UTC.
 */

export const KINDS = ['notDeclared', 'wrongDates', 'wrongCompany', 'notWorked', 'other'] as const;
export type ReportKind = (typeof KINDS)[number];
/** What can be wrong with a relation that is declared. */
export const KINDS_OF_RELATION = ['wrongDates', 'wrongCompany', 'notWorked', 'other'] as const;

/** Sent → seen by the agency → answered → closed; an answer of the worker begins anew. */
export type ReportState = 'sent' | 'seen' | 'answered' | 'closed';

/** What the worker tells. */
export interface Told {
  kind: ReportKind;
  /** null: of what is not declared. */
  periodId: string | null;
  /** null: the agency is in no directory, and nobody of it can answer. */
  agencyNumber: string | null;
  agencyName: string;
  userNumber: string | null;
  userName: string | null;
  firstDay: string;
  lastDay: string;
  startHour: string | null;
  endHour: string | null;
  note: string;
}

export interface Report extends Told {
  id: string;
  workerId: string;
  sentAt: string;
  state: ReportState;
  dueOn: string;
  takenOnAt: string | null;
}

export type EventKind =
  | 'sent'
  | 'seen'
  | 'answered'
  | 'declared'
  | 'replied'
  | 'overdue'
  | 'takenOn'
  | 'confirmed'
  | 'withdrawn';

export interface ReportEvent {
  at: string;
  kind: EventKind;
  /** The member of staff or the worker; null: the portal itself. */
  by: string | null;
  words: string | null;
  declarationId: string | null;
  /** Of a declaration: its period. */
  periodId: string | null;
}

/** Working days in which an agency answers. */
export const TERM = 5;
/** Reports a worker may send in a day, and words of a note or an answer in characters. */
export const MOST_A_DAY = 20;
export const LONGEST = 2_000;

/** Too many reports of one worker in a day. */
export class TooManyReports extends Error {
  override name = 'TooManyReports';
}

/** The last day of a term that begins at an instant: the fifth working day after its day. */
export function dueOn(instant: string): string {
  let day = dayOfInstant(instant);
  for (let n = 0; n < TERM; n++) day = firstWorkingDayAfter(day);
  return day;
}

/** Waits for the agency. */
export function isOpen({ state }: Pick<Report, 'state'>): boolean {
  return state === 'sent' || state === 'seen';
}

export function isOverdue(report: Pick<Report, 'state' | 'dueOn'>, today: string): boolean {
  return isOpen(report) && report.dueOn < today;
}

/** Where a report and the relation that now stands say the same, and where they differ; hours only where somebody told any. */
export interface Difference {
  field: 'days' | 'hours' | 'company';
  isSame: boolean;
}

export function differencesOf(told: Told, relation: RelationState): Difference[] {
  const days = {
    field: 'days' as const,
    isSame: relation.startDate <= told.firstDay && (relation.endDate === null || relation.endDate >= told.lastDay),
  };
  const hours = {
    field: 'hours' as const,
    isSame: relation.startHour === told.startHour && relation.endHour === told.endHour,
  };
  const company = { field: 'company' as const, isSame: isSameCompany(told, relation) };
  const hasHours = told.startHour !== null && relation.startHour !== null;
  const hasCompany = told.userNumber !== null || told.userName !== null;
  return [days, ...(hasHours ? [hours] : []), ...(hasCompany ? [company] : [])];
}

/** By number where both have one, else by name without capitals and signs. */
function isSameCompany(told: Told, relation: RelationState & { userCompanyName?: string | null }): boolean {
  if (told.userNumber !== null && relation.userNumber !== null) return told.userNumber === relation.userNumber;
  const bare = (name: string | null | undefined) => (name ?? '').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return bare(told.userName) === bare(relation.userCompanyName ?? relation.userName);
}

/** One line of a worker's own. */
export interface ReportLine extends Report {
  /** Whether the agency has somebody here who can answer. */
  answers: boolean;
}

interface Person {
  insz: string;
  givenName: string | null;
  familyName: string | null;
}

/** A report with the worker, for his agency. */
export interface DeskReport extends Report {
  person: Person;
}

export interface WholeReport extends ReportLine, DeskReport {
  events: ReportEvent[];
}

/** The periods a report speaks of: the one it is about, and those of the declarations that answered it. */
export function periodsOf({ periodId, events }: WholeReport): string[] {
  return [...new Set([periodId, ...events.map((event) => event.periodId)].filter((id) => id !== null))];
}

/** Something happened to a report: `what` names it among all that happens to it. */
export function newsOf({ id, workerId }: Pick<Report, 'id' | 'workerId'>, what: string, at: string): News {
  return { workerId, kind: 'report', key: `${id} ${what}`, at, about: id, declarationId: null };
}
