import { type HolidayLanguage, publicHolidays } from './public-holidays.ts';

/**
 * Calendar days (`YYYY-MM-DD`, years 0001 to 9999), instants (ISO 8601, UTC) and the Belgian clock between them.
 * Called millions of times by an import, so all that asks the zone or the holiday tables is remembered.
 */

const zone = 'Europe/Brussels';
const msPerDay = 86_400_000;
const msPerHour = 3_600_000;
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the text is a day of the calendar: `2026-02-30` is not, nor is anything in the year 0000. */
export function isDay(text: string): boolean {
  if (text.length !== 10) return false;
  const known = days.get(text);
  if (known !== undefined) return known;
  if (days.size >= 100_000) days.clear();
  const is = isInCalendar(text);
  days.set(text, is);
  return is;
}

const days = new Map<string, boolean>();

function isInCalendar(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8));
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return year > 0 && day > 0 && day <= (month === 2 && isLeap ? 29 : (monthLengths[month - 1] ?? 0));
}

/** Days since 1970-01-01, for arithmetic on ranges of days. */
export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / msPerDay;
}

/** The day of a day number. */
export function dayOfNumber(number: number): string {
  return new Date(number * msPerDay).toISOString().slice(0, 10);
}

/** The day n days later (earlier when negative). */
export function addDays(day: string, n: number): string {
  return dayOfNumber(dayNumber(day) + n);
}

/** How many days b lies after a; negative when before. */
export function daysBetween(a: string, b: string): number {
  return dayNumber(b) - dayNumber(a);
}

/** Keeps what was worked out, up to a size: a long import meets few different days, a hostile one must not fill memory. */
function remembered<T>(work: (key: string) => T, size = 50_000): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= size) known.clear();
    const made = work(key);
    known.set(key, made);
    return made;
  };
}

const holidaysOfYear = remembered((year) => publicHolidays(Number(year)), 2_000);

/** The name of the Belgian public holiday on that day, or null. */
export function holidayName(day: string, language: HolidayLanguage): string | null {
  return holidaysOfYear(day.slice(0, 4)).get(day)?.[language] ?? null;
}

/** Neither Saturday, Sunday nor one of the ten Belgian public holidays. */
export function isWorkingDay(day: string): boolean {
  const weekday = (((dayNumber(day) + 3) % 7) + 7) % 7; // day 0 was a Thursday; 0 is Monday here
  return weekday < 5 && holidayName(day, 'nl') === null;
}

function nextWorkingDay(day: string, step: 1 | -1): string {
  let next = addDays(day, step);
  while (!isWorkingDay(next)) next = addDays(next, step);
  return next;
}

/** The first working day that follows the day. */
export const firstWorkingDayAfter: (day: string) => string = remembered((day) => nextWorkingDay(day, 1));

/** The last working day that precedes the day. */
export const lastWorkingDayBefore: (day: string) => string = remembered((day) => nextWorkingDay(day, -1));

// The zone's offset only changes on whole UTC hours in all the time declarations speak of.
const offsets = new Map<number, number>();

function brusselsOffset(ms: number): number {
  const hour = Math.floor(ms / msPerHour);
  const found = offsets.get(hour);
  if (found !== undefined) return found;
  if (offsets.size >= 100_000) offsets.clear();
  const zoned = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  const offset = zoned.offsetNanoseconds / 1_000_000;
  offsets.set(hour, offset);
  return offset;
}

// The rules ask day and hour of one receipt several times in a row.
let lastInstant = '';
let lastClock = '';

function brusselsClock(instant: string): string {
  if (instant === lastInstant) return lastClock;
  const ms = Date.parse(instant);
  lastClock = new Date(ms + brusselsOffset(ms)).toISOString();
  lastInstant = instant;
  return lastClock;
}

/** The day an instant falls on in Belgium. */
export function dayOfInstant(instant: string): string {
  return brusselsClock(instant).slice(0, 10);
}

/** The time of an instant in Belgium, `HH:MM:SS.mmm`. */
export function timeOfInstant(instant: string): string {
  return brusselsClock(instant).slice(11, 23);
}

/** The hour and minute (`HHMM`) of an instant in Belgium. */
export function hourOfInstant(instant: string): string {
  const clock = brusselsClock(instant);
  return clock.slice(11, 13) + clock.slice(14, 16);
}

/**
 * The instant at which Belgian clocks show `HH:MM[:SS[.mmm]]` on that day. An hour that summer time skips is read as the
 * hour before the change would have had it, of an hour that comes twice the first one counts (Temporal's "compatible").
 */
export function instantAt(day: string, time: string): string {
  return Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).toInstant().toString();
}
