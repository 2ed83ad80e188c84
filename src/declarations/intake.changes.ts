import { isDay } from '../platform/calendar-days.ts';
import type { RelationState } from '../relations/relation.ts';
import type { Declaration } from './declaration.ts';
import type { Codes } from './intake.book.ts';
import {
  hasPlannedHours,
  judgeEnd,
  judgeHour,
  judgeHourOrder,
  judgeOrder,
  judgePlannedHours,
  judgeStart,
  type Receipt,
} from './intake.times.ts';

/** The end date that would open a period again. */
const never = '9999-12-31';

/**
 * The field rules of an UPDATE against the period it changes, in this order: something named, start date, end date, their order,
 * hours, planned hours. What it does not name stays as it is, and the period that results is judged.
 * Source: Dimona UPDATE, RSZ glossary 2023/3. An UPDATE holds no worker type, joint committee or user company.
 */
export function judgeFieldsOfUpdate(codes: Codes, d: Declaration, state: RelationState, receipt: Receipt): void {
  const named = [d.startDate, d.startHour, d.endDate, d.endHour, d.plannedHours];
  if (named.every((value) => value === undefined)) {
    codes.add('90378-360');
    return;
  }
  if (d.startDate !== undefined) {
    if (state.workerType === 'STU') codes.add('00910-005');
    judgeStart(codes, d.startDate, state.workerType, receipt);
  }
  judgeNewEnd(codes, d.endDate, state, receipt);
  const startDate = d.startDate ?? state.startDate;
  const endDate = d.endDate === undefined || d.endDate === never ? state.endDate : d.endDate;
  judgeOrder(codes, startDate, endDate);
  const mayHaveHours = state.workerType === 'EXT' || (state.workerType === 'FLX' && startDate === endDate);
  judgeHour(codes, '00777', d.startHour, mayHaveHours ? 'optional' : 'forbidden');
  judgeHour(codes, '00778', d.endHour, mayHaveHours ? 'optional' : 'forbidden');
  judgeHourOrder(codes, {
    startDate,
    endDate,
    startHour: d.startHour ?? state.startHour,
    endHour: d.endHour ?? state.endHour,
  });
  judgePlannedHours(codes, d.plannedHours, hasPlannedHours(state.workerType) ? 'optional' : 'forbidden');
}

function judgeNewEnd(codes: Codes, end: string | undefined, state: RelationState, receipt: Receipt): void {
  if (end === undefined) return;
  if (end === never) {
    codes.add('00913-368');
    return;
  }
  judgeEnd(codes, end, receipt);
  const isPostponed = isDay(end) && state.endDate !== null && end > state.endDate;
  if (state.workerType === 'FLX' && isPostponed) codes.add('00911-344');
}

/** The field rules of an OUT: an end date, earlier or later than the one that stands. */
export function judgeFieldsOfOut(codes: Codes, d: Declaration, state: RelationState, receipt: Receipt): void {
  if (d.endDate === undefined) {
    codes.add('00911-001');
    return;
  }
  judgeEnd(codes, d.endDate, receipt);
  judgeOrder(codes, state.startDate, d.endDate);
}

/** Whether an UPDATE left everything as it was. */
export function isUnchanged(before: RelationState, after: RelationState): boolean {
  return (
    before.startDate === after.startDate &&
    before.startHour === after.startHour &&
    before.endDate === after.endDate &&
    before.endHour === after.endHour &&
    before.plannedHours === after.plannedHours
  );
}
