import type { Declaration, UsingEmployer } from '../declarations/declaration.ts';
import { dayOfInstant } from '../platform/calendar-days.ts';
import { daysOf, rangesChangedLate } from './fold.late.ts';
import { userKeyOf } from './fold.user.ts';
import type { ChangedField, RelationState, StoredWarning, TimelineEntry } from './relation.ts';
import { dueAt, movedEarlier, verdictOf } from './timeliness.ts';

/** A declaration that the intake accepted, with all that intake gave it. */
export interface AcceptedDeclaration extends Declaration {
  declarationId: string;
  periodId: string;
  result: 'A' | 'W';
  anomalies: string[];
  agencyNumber: string;
}

/**
 * What an accepted declaration makes of a relation: the only place that knows. An IN begins one (state null), UPDATE
 * replaces what it names, OUT sets the end, CANCEL ends it for ever; a daily registration leaves it as it is.
 * Neither argument is touched.
 * @throws Error when an IN meets a relation, or another kind meets none: no accepted history holds that.
 */
export function fold(state: RelationState | null, d: AcceptedDeclaration): RelationState {
  if (d.kind === 'IN') {
    if (state !== null) throw new Error(`period ${d.periodId} began twice`);
    return begin(d);
  }
  if (state === null) throw new Error(`${d.kind} of period ${d.periodId}, which never began`);
  if (d.kind === 'DAILY') return state;
  const after: RelationState = { ...state, ...replaced(state, d), anomalies: union(state.anomalies, d.anomalies) };
  if (d.kind === 'UPDATE') decideAnew(state, after, d);
  after.warnings = warningsAfter(state, after, d.receivedAt);
  return after;
}

function begin(d: AcceptedDeclaration): RelationState {
  const { startDate, workerType, jointCommittee } = d;
  if (startDate === undefined || workerType === undefined || jointCommittee === undefined) {
    throw new Error(`accepted IN ${d.declarationId} without start date, worker type or joint committee`);
  }
  const startHour = d.startHour ?? null;
  const due = dueAt(startDate, startHour);
  return {
    periodId: d.periodId,
    agencyNumber: d.agencyNumber,
    jointCommittee,
    workerType,
    ...userOf(jointCommittee === '322' ? d.userCompany : undefined),
    startDate,
    startHour,
    endDate: d.endDate ?? null,
    endHour: d.endHour ?? null,
    plannedHours: d.plannedHours ?? null,
    cancelled: false,
    verdict: verdictOf(d.receivedAt, due),
    receivedAt: d.receivedAt,
    decidedBy: d.declarationId,
    dueAt: due,
    warnings: [],
    anomalies: union([], d.anomalies),
  };
}

/** Only temp work has a user company; a block that stands elsewhere says nothing. */
function userOf(user: UsingEmployer | undefined) {
  const number = user?.enterpriseNumber;
  return {
    userKey: user ? userKeyOf(user) : null,
    userNumber: number === undefined || /^0*$/.test(number) ? null : number,
    userName: user?.name?.trim() || null,
    userAddress: user?.address ?? null,
    userJointCommittee: user?.jointCommittee ?? null,
  };
}

function replaced(state: RelationState, d: AcceptedDeclaration): Partial<RelationState> {
  if (d.kind === 'CANCEL') return { cancelled: true };
  if (d.kind === 'OUT') return { endDate: d.endDate ?? state.endDate };
  return {
    startDate: d.startDate ?? state.startDate,
    startHour: d.startHour ?? state.startHour,
    endDate: d.endDate ?? state.endDate,
    endHour: d.endHour ?? state.endHour,
    plannedHours: d.plannedHours ?? state.plannedHours,
  };
}

/** An UPDATE that moves the start earlier answers for it from now on; one that moves it later only moves the due moment. */
function decideAnew(before: RelationState, after: RelationState, d: AcceptedDeclaration): void {
  if (movedEarlier(before, after)) {
    after.decidedBy = d.declarationId;
    after.receivedAt = d.receivedAt;
  }
  after.dueAt = dueAt(after.startDate, after.startHour);
  after.verdict = verdictOf(after.receivedAt, after.dueAt);
}

function warningsAfter(before: RelationState, after: RelationState, receivedAt: string | null): StoredWarning[] {
  if (receivedAt === null) return before.warnings;
  const day = dayOfInstant(receivedAt);
  const cancelled = after.cancelled && !before.cancelled && day > before.startDate;
  const changed = rangesChangedLate(before, after, day).length > 0;
  const warnings: StoredWarning[] = [];
  if (cancelled || before.warnings.includes('cancelledAfterStart')) warnings.push('cancelledAfterStart');
  if (changed || before.warnings.includes('changedAfterStart')) warnings.push('changedAfterStart');
  return warnings;
}

function union(codes: string[], more: string[]): string[] {
  return more.length === 0 ? codes : [...new Set([...codes, ...more])];
}

const changeable: ChangedField[] = ['startDate', 'startHour', 'endDate', 'endHour', 'plannedHours', 'cancelled'];

/** The accepted declarations of one period, in order of receipt, each with what it changed; daily registrations are left out. */
export function timelineOf(accepted: AcceptedDeclaration[]): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  let state: RelationState | null = null;
  for (const d of accepted) {
    if (d.kind === 'DAILY') continue;
    const after: RelationState = fold(state, d);
    entries.push({
      declarationId: d.declarationId,
      kind: d.kind,
      receivedAt: d.receivedAt,
      result: d.result,
      anomalies: d.anomalies,
      changes: state === null ? {} : changesBetween(state, after),
      daysChangedLate:
        state === null || d.receivedAt === null
          ? []
          : daysOf(rangesChangedLate(state, after, dayOfInstant(d.receivedAt))),
    });
    state = after;
  }
  return entries;
}

function changesBetween(before: RelationState, after: RelationState): TimelineEntry['changes'] {
  const changes: TimelineEntry['changes'] = {};
  for (const field of changeable) {
    if (before[field] === after[field]) continue;
    changes[field] = { from: before[field], to: after[field] };
  }
  return changes;
}
