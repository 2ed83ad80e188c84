import { dayOfInstant, daysBetween, isDay } from '../platform/calendar-days.ts';
import type { Codes } from './intake.book.ts';

/** When a declaration arrived: the Belgian year that limits its dates, and the day, null when history came without one. */
export interface Receipt {
  year: number;
  day: string | null;
}

/** @param now counts for the year when there is no moment of receipt */
export function receiptOf(receivedAt: string | null, now: string): Receipt {
  const day = dayOfInstant(receivedAt ?? now);
  return { year: Number(day.slice(0, 4)), day: receivedAt === null ? null : day };
}

const socioCultural = new Set(['O17', 'S17', 'T17']);

/** A start date: in the calendar, from 1920 on, less than ten years ahead, and in the days its worker type existed. */
export function judgeStart(codes: Codes, start: string, workerType: string | undefined, receipt: Receipt): void {
  if (!isDay(start)) codes.add('00910-003');
  else if (start < '1920-01-01' || Number(start.slice(0, 4)) >= receipt.year + 10) codes.add('00910-008');
  else if (workerType === 'A17' && start > '2021-12-31') codes.add('00910-008');
  else if (workerType !== undefined && socioCultural.has(workerType) && start < '2022-01-01') codes.add('00910-008');
}

/** A flexi-job is declared at most 31 days before the quarter it starts in. */
export function isFlexiTooEarly(start: string, receipt: Receipt): boolean {
  if (receipt.day === null || !isDay(start)) return false;
  const firstMonth = quarterOf(start) * 3 + 1;
  return daysBetween(receipt.day, `${start.slice(0, 4)}-${String(firstMonth).padStart(2, '0')}-01`) > 31;
}

/** 0 to 3 */
function quarterOf(day: string): number {
  return Math.floor((Number(day.slice(5, 7)) - 1) / 3);
}

/** Whether two days lie in one quarter of one year. */
export function isSameQuarter(a: string, b: string): boolean {
  return a.slice(0, 4) === b.slice(0, 4) && quarterOf(a) === quarterOf(b);
}

/** An end date: in the calendar, from 1999 on, less than ten years ahead. */
export function judgeEnd(codes: Codes, end: string, receipt: Receipt): void {
  if (!isDay(end)) codes.add('00911-003');
  else if (end < '1999-01-01' || Number(end.slice(0, 4)) >= receipt.year + 10) codes.add('00911-008');
}

/** No period ends before it starts; dates that are missing or not in the calendar are judged elsewhere. */
export function judgeOrder(codes: Codes, start: string | null | undefined, end: string | null | undefined): void {
  if (start && end && isDay(start) && isDay(end) && end < start) codes.add('00911-014');
}

/** Whether a field must, may or must not be there. */
export type Presence = 'required' | 'optional' | 'forbidden';

/** A start hour (zone 00777) or end hour (00778): `HHMM`, 0000 to 2359. */
export function judgeHour(codes: Codes, zone: '00777' | '00778', hour: string | undefined, presence: Presence): void {
  if (hour === undefined) {
    if (presence === 'required') codes.add(`${zone}-001`);
  } else if (presence === 'forbidden') codes.add(`${zone}-005`);
  else if (!isHour(hour)) codes.add(`${zone}-003`);
}

/** `HHMM`, 0000 to 2359 */
export function isHour(hour: string | null | undefined): hour is string {
  return hour !== undefined && hour !== null && /^([01]\d|2[0-3])[0-5]\d$/.test(hour);
}

/** Planned hours: whole, 1 to 999. */
export function judgePlannedHours(codes: Codes, hours: number | undefined, presence: Presence): void {
  if (hours === undefined) {
    if (presence === 'required') codes.add('01135-001');
  } else if (presence === 'forbidden') codes.add('01135-005');
  else if (!Number.isInteger(hours) || hours < 1 || hours > 999) codes.add('01135-003');
}

/** Planned hours belong to students and to article 17 in the socio-cultural sector and in sport. */
export function hasPlannedHours(workerType: string | undefined): boolean {
  return workerType === 'STU' || workerType === 'O17' || workerType === 'S17';
}

/** On one day, the end hour does not come before the start hour. */
export function judgeHourOrder(
  codes: Codes,
  period: {
    startDate: string | null | undefined;
    endDate: string | null | undefined;
    startHour: string | null | undefined;
    endHour: string | null | undefined;
  },
): void {
  if (!period.startDate || period.startDate !== period.endDate) return;
  if (isHour(period.startHour) && isHour(period.endHour) && period.endHour < period.startHour) codes.add('00778-345');
}
