/** Days, moments and check digits for the oracle: by Temporal and by hand, nothing of the portal's own. */

const ZONE = 'Europe/Brussels';
export const plus = (day: string, n: number) => Temporal.PlainDate.from(day).add({ days: n }).toString();

export function isDate(text: string | null | undefined): text is string {
  if (!text || !/^\d{4}-\d\d-\d\d$/.test(text) || text < '0001') return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

/** Every day from the first to the last, both included. */
export function days(first: string, last: string): string[] {
  const all: string[] = [];
  for (let day = first; day <= last; day = plus(day, 1)) all.push(day);
  return all;
}

export function dayIn(instant: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(ZONE).toPlainDate().toString();
}

/** The moment a start must have been declared by: its hour, else the last millisecond of its day. */
export function dueMoment(day: string, hour: string | null): Temporal.Instant {
  const date = Temporal.PlainDate.from(day);
  if (hour === null) return date.add({ days: 1 }).toZonedDateTime(ZONE).toInstant().subtract({ milliseconds: 1 });
  const plainTime = Temporal.PlainTime.from({ hour: Number(hour.slice(0, 2)), minute: Number(hour.slice(2)) });
  return date.toZonedDateTime({ timeZone: ZONE, plainTime }).toInstant();
}

/** Easter Sunday, by the Gregorian rule of Gauss and Lichtenberg. */
function easter(year: number): Temporal.PlainDate {
  const century = Math.floor(year / 100);
  const moon = 15 + Math.floor((3 * century + 3) / 4) - Math.floor((8 * century + 13) / 25);
  const sun = 2 - Math.floor((3 * century + 3) / 4);
  const golden = year % 19;
  const seed = (19 * golden + moon) % 30;
  const correction = Math.floor((seed + Math.floor(golden / 11)) / 29);
  const full = 21 + seed - correction;
  const first = 7 - ((year + Math.floor(year / 4) + sun) % 7);
  return Temporal.PlainDate.from({ year, month: 3, day: 1 }).add({ days: full + (7 - ((full - first) % 7)) - 1 });
}

const FIXED = ['01-01', '05-01', '07-21', '08-15', '11-01', '11-11', '12-25'];

/** The first day after, that is no Saturday, Sunday or one of the ten Belgian public holidays. */
export function firstWorkingDay(day: string): string {
  for (let next = Temporal.PlainDate.from(day).add({ days: 1 }); ; next = next.add({ days: 1 })) {
    const sunday = easter(next.year);
    const moving = [1, 39, 50].map((n) => sunday.add({ days: n }).toString());
    const isHoliday = FIXED.includes(next.toString().slice(5)) || moving.includes(next.toString());
    if (next.dayOfWeek < 6 && !isHoliday) return next.toString();
  }
}

/** The quarter a day lies in: `2026-2`. */
export const quarter = (day: string) => `${day.slice(0, 4)}-${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

export function firstOfQuarter(day: string): string {
  return `${day.slice(0, 4)}-${['01', '04', '07', '10'][Math.ceil(Number(day.slice(5, 7)) / 3) - 1]}-01`;
}

export function goodInsz(insz: string, year: number): boolean {
  if (!/^\d{11}$/.test(insz)) return false;
  const check = (prefix: string) => 97n - (BigInt(prefix + insz.slice(0, 9)) % 97n) === BigInt(insz.slice(9));
  return check('') || (check('2') && 2000 + Number(insz.slice(0, 2)) <= year);
}

export function goodEnterprise(number: string): boolean {
  return /^[01]\d{9}$/.test(number) && 97n - (BigInt(number.slice(0, 8)) % 97n) === BigInt(number.slice(8));
}
