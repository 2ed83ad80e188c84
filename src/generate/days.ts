import { dayNumber, dayOfNumber, instantAt } from '../platform/calendar-days.ts';

/** Days as whole numbers (days since 1970-01-01) while stories are made; asking a calendar a million times is slow. */
const texts = new Map<number, string>();
const midnights = new Map<number, number>();

/** `YYYY-MM-DD` of a day number. */
export function dayText(day: number): string {
  const known = texts.get(day);
  if (known !== undefined) return known;
  const text = dayOfNumber(day);
  texts.set(day, text);
  return text;
}

/** The moment (ms since 1970) so many hours after midnight in Belgium; an hour off on the two days the clocks change. */
export function momentOf(day: number, hours: number): number {
  return midnightOf(day) + Math.round(hours * 3600) * 1000;
}

function midnightOf(day: number): number {
  const known = midnights.get(day);
  if (known !== undefined) return known;
  const midnight = Date.parse(instantAt(dayText(day), '00:00'));
  midnights.set(day, midnight);
  return midnight;
}

/** 0 Monday … 6 Sunday. */
export function weekdayOf(day: number): number {
  return (day + 3) % 7;
}

export function mondayOf(day: number): number {
  return day - weekdayOf(day);
}

/** Last day of the quarter a day lies in. */
export function quarterEnd(day: number): number {
  const text = dayText(day);
  const month = Math.ceil(Number(text.slice(5, 7)) / 3) * 3;
  return dayNumber(
    `${text.slice(0, 5)}${month === 3 ? '03-31' : month === 6 ? '06-30' : month === 9 ? '09-30' : '12-31'}`,
  );
}

/** The days and moments a made-up world plays in. */
export interface Frame {
  /** First of January of last year. */
  first: number;
  today: number;
  /** Midnight at which today begins: everything was received before it. */
  until: number;
}

/** @param today `YYYY-MM-DD` */
export function frameOf(today: string): Frame {
  const day = dayNumber(today);
  return { first: dayNumber(`${Number(today.slice(0, 4)) - 1}-01-01`), today: day, until: momentOf(day, 0) };
}
