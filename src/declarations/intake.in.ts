import { daysBetween, isDay } from '../platform/calendar-days.ts';
import type { Declaration } from './declaration.ts';
import type { Codes } from './intake.book.ts';
import { judgeFeatures, sectorOf } from './intake.parties.ts';
import {
  hasPlannedHours,
  isFlexiTooEarly,
  isHour,
  isSameQuarter,
  judgeEnd,
  judgeHour,
  judgeHourOrder,
  judgeOrder,
  judgePlannedHours,
  judgeStart,
  type Presence,
  type Receipt,
} from './intake.times.ts';

/** Worker types whose period always has an end; temp work (PC 322) has one whatever the type. */
const ended = new Set(['EXT', 'STU', 'IVT', 'TRI', 'STG', 'A17', 'O17', 'S17', 'T17']);

/**
 * The field rules of an IN, in this order: features and user company, start date, end date, quarter, hours, length, planned hours.
 * Source: presence rules of the Dimona IN and its blocks, RSZ glossary 2023/3.
 */
export function judgeFieldsOfIn(codes: Codes, d: Declaration, receipt: Receipt): void {
  judgeFeatures(codes, d);
  judgeDates(codes, d, receipt);
  judgeHours(codes, d);
  judgePlannedHours(codes, d.plannedHours, presenceOfPlannedHours(d.workerType));
}

function judgeDates(codes: Codes, d: Declaration, receipt: Receipt): void {
  const { startDate, endDate, workerType } = d;
  if (startDate === undefined) codes.add('00910-001');
  else {
    judgeStart(codes, startDate, workerType, receipt);
    if (workerType === 'FLX' && isFlexiTooEarly(startDate, receipt)) codes.add('00910-008');
  }
  if (endDate !== undefined) judgeEnd(codes, endDate, receipt);
  else if (mustEnd(d)) codes.add('00911-001');
  judgeOrder(codes, startDate, endDate);
  const isWithin = !startDate || !endDate || !isDay(startDate) || !isDay(endDate) || isSameQuarter(startDate, endDate);
  if (hasPlannedHours(workerType) && !isWithin) codes.add('90373-421');
}

function mustEnd(d: Declaration): boolean {
  return d.jointCommittee === '322' || (d.workerType !== undefined && ended.has(d.workerType));
}

function judgeHours(codes: Codes, d: Declaration): void {
  const presence = presenceOfHours(d);
  const hasDayRate = d.workerType === 'EXT' && sectorOf(d) === '302';
  judgeHour(codes, '00777', d.startHour, presence);
  judgeHour(codes, '00778', d.endHour, hasDayRate ? 'optional' : presence);
  const { startDate, startHour, endDate, endHour, workerType } = d;
  if (presence !== 'forbidden') judgeHourOrder(codes, { startDate, startHour, endDate, endHour });
  if (workerType === 'EXT' && isLongerThanADay(d)) codes.add('90373-341');
}

/** Occasional workers and flexi-jobs of one day have hours. Where type or dates are at fault themselves, nothing is asked. */
function presenceOfHours(d: Declaration): Presence {
  if (!d.workerType || d.workerType === 'EXT') return d.workerType ? 'required' : 'optional';
  if (d.workerType !== 'FLX') return 'forbidden';
  if (!d.startDate || !isDay(d.startDate)) return 'optional';
  if (d.endDate === undefined) return mustEnd(d) ? 'optional' : 'forbidden';
  if (!isDay(d.endDate)) return 'optional';
  return d.startDate === d.endDate ? 'required' : 'forbidden';
}

/** More than 24 hours on the clock; without an end hour the period runs to the end of its last day. */
function isLongerThanADay(d: Declaration): boolean {
  if (!d.startDate || !d.endDate || !isDay(d.startDate) || !isDay(d.endDate) || !isHour(d.startHour)) return false;
  const end = isHour(d.endHour) ? minuteOf(d.endHour) : 1440;
  return daysBetween(d.startDate, d.endDate) * 1440 + end - minuteOf(d.startHour) > 1440;
}

function minuteOf(hour: string): number {
  return Number(hour.slice(0, 2)) * 60 + Number(hour.slice(2));
}

function presenceOfPlannedHours(workerType: string | undefined): Presence {
  if (!workerType) return 'optional';
  return hasPlannedHours(workerType) ? 'required' : 'forbidden';
}
