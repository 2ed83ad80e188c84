import type { Address } from '../declarations/declaration.ts';

/**
 * WorkRelation: one Dimona period as it stands now, with its verdict. It is not a contract and does not replace one.
 * Dates are `YYYY-MM-DD` (calendar days in Belgium), hours `HHMM` in Europe/Brussels, instants ISO 8601 in UTC.
 */

export type Verdict = 'onTime' | 'late' | 'unknown';
export type Status = 'coming' | 'current' | 'ended' | 'cancelled';
/** The two stored warnings; `userCompanyUnknown` depends on the directory of today and is added when read. */
export type StoredWarning = 'cancelledAfterStart' | 'changedAfterStart';
export type Warning = StoredWarning | 'userCompanyUnknown';

/** A row of table `relations`: exactly what the accepted declarations of the period add up to. */
export interface RelationState {
  periodId: string;
  agencyNumber: string;
  jointCommittee: string;
  workerType: string;
  /** The user company's number, or the slug of its name and address; null outside temp work. Key of the overlap rule and of the `user` filter. */
  userKey: string | null;
  userNumber: string | null;
  userName: string | null;
  userAddress: Address | null;
  userJointCommittee: string | null;
  startDate: string;
  startHour: string | null;
  /** null: open-ended (never for temp work, PC 322). */
  endDate: string | null;
  endHour: string | null;
  plannedHours: number | null;
  cancelled: boolean;
  verdict: Verdict;
  /** Receipt of the declaration that decides timeliness, and that declaration. */
  receivedAt: string | null;
  decidedBy: string;
  dueAt: string;
  warnings: StoredWarning[];
  anomalies: string[];
}

/** What the rules on doubles and overlaps look at. */
export type PeriodDays = Pick<
  RelationState,
  'periodId' | 'workerType' | 'userKey' | 'startDate' | 'startHour' | 'endDate' | 'endHour'
>;

/** One entry of a relation's timeline: an accepted declaration and what it changed. */
export interface TimelineEntry {
  declarationId: string;
  kind: 'IN' | 'UPDATE' | 'OUT' | 'CANCEL';
  receivedAt: string | null;
  result: 'A' | 'W';
  anomalies: string[];
  /** Field name → value before and after; empty for the IN. */
  changes: Partial<Record<ChangedField, { from: Change; to: Change }>>;
  /** Days (YYYY-MM-DD) that make the `changedAfterStart` warning. */
  daysChangedLate: string[];
}
/** A day, an hour, a number of hours, or whether the period is cancelled. */
export type Change = string | number | boolean | null;
export type ChangedField = 'startDate' | 'startHour' | 'endDate' | 'endHour' | 'plannedHours' | 'cancelled';

/** A relation as its readers see it: the row, the names of the directory, its status and warnings at a day. */
export interface WorkRelation extends RelationState {
  agencyName: string | null;
  agencyNssoNumber: string | null;
  /** Name in the directory by number, else the declared name; null when only a number is known. */
  userCompanyName: string | null;
  status: Status;
  allWarnings: Warning[];
  /** Accepted declarations in order of receipt; empty where a page does not ask for them. */
  timeline: TimelineEntry[];
}

/** A relation as it stands, with the worker whose it is. */
export interface OwnedState {
  workerId: string;
  state: RelationState;
}
