import { dayOfInstant, daysBetween, hourOfInstant } from '../platform/calendar-days.ts';
import { LANGS, type Lang, LOCALE, say, words } from './language.ts';

/**
 * Days, hours, instants and numbers as people say them. Names come from `Intl`, once; the rest is cutting and joining text,
 * because a page spells a hundred days and a formatter takes microseconds for each.
 * Days are `YYYY-MM-DD`, hours `HHMM`, instants ISO 8601 in UTC and told on the Belgian clock.
 */

interface Names {
  weekday: string[];
  weekdayShort: string[];
  month: string[];
  monthShort: string[];
}

function namesIn(lang: Lang): Names {
  const names = (count: number, options: Intl.DateTimeFormatOptions, at: (i: number) => number) => {
    const format = new Intl.DateTimeFormat(LOCALE[lang], { ...options, timeZone: 'UTC' });
    const wanted = options.weekday === undefined ? 'month' : 'weekday';
    return Array.from(
      { length: count },
      (_, i) => format.formatToParts(at(i)).find((part) => part.type === wanted)?.value ?? '',
    );
  };
  const monday = (i: number) => Date.UTC(2026, 5, 1 + i);
  const first = (i: number) => Date.UTC(2026, i, 1);
  return {
    weekday: names(7, { weekday: 'long' }, monday),
    weekdayShort: names(7, { weekday: 'short' }, monday),
    month: names(12, { month: 'long', day: 'numeric' }, first),
    monthShort: names(12, { month: 'short', day: 'numeric' }, first),
  };
}

const NAMES = Object.fromEntries(LANGS.map((lang) => [lang, namesIn(lang)])) as Record<Lang, Names>;

/** Monday is 0. */
export function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

const yearOf = (day: string) => day.slice(0, 4);
const monthIndex = (day: string) => Number(day.slice(5, 7)) - 1;

/** '23', and '1er' in French, '23.' in German. */
function dayOfMonth(lang: Lang, day: string): string {
  const number = String(Number(day.slice(8, 10)));
  if (lang === 'de') return `${number}.`;
  return lang === 'fr' && number === '1' ? '1er' : number;
}

/** A day as tables write it: with its weekday only ('ma 23'), and with its month ('ma 23 nov'). */
interface ShortDay {
  head: string;
  whole: string;
}

// a worker's pages speak of the same thousand days; beyond that the oldest knowledge is dropped at once
const KEPT_DAYS = 20_000;
const SPELLED = Object.fromEntries(LANGS.map((lang) => [lang, new Map<string, ShortDay>()])) as Record<
  Lang,
  Map<string, ShortDay>
>;

function spelled(lang: Lang, day: string): ShortDay {
  const known = SPELLED[lang].get(day);
  if (known !== undefined) return known;
  const names = NAMES[lang];
  const head = `${names.weekdayShort[weekdayOf(day)]} ${dayOfMonth(lang, day)}`;
  const made = { head, whole: `${head} ${names.monthShort[monthIndex(day)]}` };
  if (SPELLED[lang].size >= KEPT_DAYS) SPELLED[lang].clear();
  SPELLED[lang].set(day, made);
  return made;
}

/** 'ma 23 nov'. */
export function shortDay(lang: Lang, day: string): string {
  return spelled(lang, day).whole;
}

/** 'ma 23 nov 2026'. */
export function mediumDay(lang: Lang, day: string): string {
  return `${shortDay(lang, day)} ${yearOf(day)}`;
}

/** 'maandag 23 november'. */
export function longDay(lang: Lang, day: string): string {
  const names = NAMES[lang];
  const comma = lang === 'de' ? ',' : '';
  return `${names.weekday[weekdayOf(day)]}${comma} ${dayOfMonth(lang, day)} ${names.month[monthIndex(day)]}`;
}

/** 'maandag 23 november 2026'. */
export function fullDay(lang: Lang, day: string): string {
  return `${longDay(lang, day)} ${yearOf(day)}`;
}

/** '23 november 2026'. */
export function plainDay(lang: Lang, day: string): string {
  return `${dayOfMonth(lang, day)} ${NAMES[lang].month[monthIndex(day)]} ${yearOf(day)}`;
}

/** 'ma 23 – vr 27 nov 2026'; what both ends share is said once. An open end: 'vanaf ma 23 nov 2026'. */
export function dayRange(lang: Lang, start: string, end: string | null): string {
  if (end === null) return say(lang, 'dates.from', { day: mediumDay(lang, start) });
  if (start === end) return mediumDay(lang, start);
  if (yearOf(start) !== yearOf(end)) return `${mediumDay(lang, start)} – ${mediumDay(lang, end)}`;
  const isSameMonth = start.slice(0, 7) === end.slice(0, 7);
  return `${isSameMonth ? spelled(lang, start).head : shortDay(lang, start)} – ${mediumDay(lang, end)}`;
}

/** 'november'. `month` is `YYYY-MM` or a day. */
export function monthName(lang: Lang, month: string): string {
  return NAMES[lang].month[monthIndex(month)] ?? '';
}

/** 'nov'. */
export function shortMonth(lang: Lang, month: string): string {
  return NAMES[lang].monthShort[monthIndex(month)] ?? '';
}

/** 'november 2026'. */
export function monthAndYear(lang: Lang, month: string): string {
  return `${monthName(lang, month)} ${yearOf(month)}`;
}

/** Monday to Sunday: the short word and the whole one. */
export function weekdays(lang: Lang): { short: string; long: string }[] {
  const names = NAMES[lang];
  return names.weekday.map((long, i) => ({ short: names.weekdayShort[i] ?? '', long }));
}

/** 'HHMM' → '17.00', '17h00', '17:00'. */
export function hour(lang: Lang, hhmm: string): string {
  const mark = lang === 'fr' ? 'h' : lang === 'en' ? ':' : '.';
  return hhmm.slice(0, 2) + mark + hhmm.slice(2, 4);
}

/** '17.00 – 21.30 uur', or '17.00 uur' when no end hour is known. */
export function hourRange(lang: Lang, start: string, end: string | null): string {
  const span = end === null ? hour(lang, start) : `${hour(lang, start)} – ${hour(lang, end)}`;
  return span + words(lang, 'dates').hourWord;
}

/** 'zondag 22 november om 18.03 uur'; the year is added when it is not this one. */
export function moment(lang: Lang, instant: string, today: string): string {
  return say(lang, 'dates.moment', {
    day: dayNear(lang, dayOfInstant(instant), today),
    hour: hour(lang, hourOfInstant(instant)),
  });
}

/** 'zondag 22 november, 18.03'; the year is added when it is not this one. */
export function briefMoment(lang: Lang, instant: string, today: string): string {
  return `${dayNear(lang, dayOfInstant(instant), today)}, ${hour(lang, hourOfInstant(instant))}`;
}

/** 'gisteren om 18.03 uur', 'vandaag …', else as `moment`. */
export function nearMoment(lang: Lang, instant: string, today: string): string {
  const day = dayOfInstant(instant);
  const ago = daysBetween(day, today);
  if (ago !== 0 && ago !== 1) return moment(lang, instant, today);
  const near = words(lang, 'dates');
  return say(lang, 'dates.moment', {
    day: ago === 0 ? near.today : near.yesterday,
    hour: hour(lang, hourOfInstant(instant)),
  });
}

/** 'maandag 23 november', with the year when it is not this one. */
export function dayNear(lang: Lang, day: string, today: string): string {
  return yearOf(day) === yearOf(today) ? longDay(lang, day) : fullDay(lang, day);
}

/** First letter as a capital, for a line that begins with a day or a month. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Enterprise number: '0403449823' → '0403.449.823'. */
export function enterpriseNumber(digits: string): string {
  return `${digits.slice(0, 4)}.${digits.slice(4, 7)}.${digits.slice(7)}`;
}

/** NSSO number, as on the wire without leading zeros: '935467' → '0009354-67'. */
export function nssoNumber(digits: string): string {
  const padded = digits.padStart(9, '0');
  return `${padded.slice(0, -2)}-${padded.slice(-2)}`;
}

/** A Dimona number in groups that can be read out: '656309292174' → '6563 0929 2174' (no-break spaces). */
export function periodNumber(digits: string): string {
  return digits.replace(/(?<=^(?:.{4})+)(?=.)/g, '\u00a0');
}
