import { holidayName } from '../platform/calendar-days.ts';
import type { Shift } from '../shifts/shift.ts';
import { capital, hour, longDay, monthAndYear, monthName } from '../web/dates.ts';
import { type Lang, say, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { byDay, type DayPicture, monthBeside, monthSpan, monthsOf, pictureOf, weeksOf } from './calendar.ts';
import { type CalendarFacts, type Frame, frame, narrowing } from './calendar-frame.pages.ts';
import { type Filter, toQuery } from './filter.ts';
import type { CalendarRow } from './found.ts';
import { companyName, type Mark, markOf } from './names.pages.ts';
import { type Noted, notedOn } from './noted.pages.ts';

/** The year as a picture of days, the month as a table of weeks. */

declare module '../web/views.ts' {
  interface Views {
    'relations/year': YearPage;
    'relations/month': MonthPage;
  }
}

export interface YearPage extends Frame {
  title: string;
  months: { name: string; caption: string; href: string; weeks: (YearDay | null)[][] }[];
}

interface YearDay {
  number: number;
  /** null: nothing declared. */
  href: string | null;
  /** What the link says to who cannot see the picture. */
  text: string;
  look: string;
}

export interface MonthPage extends Frame {
  title: string;
  caption: string;
  year: string;
  weeks: MonthDay[][];
}

interface MonthDay {
  number: number;
  id: string;
  outside: boolean;
  weekday: string;
  /** The word for today, on that day only. */
  today: string | null;
  holiday: string | null;
  entries: Entry[];
  /** What he noted himself, beside what is declared. */
  noted: Noted[];
  /** On a past day without anything: what to do if one worked. */
  hint: { href: string; text: string } | null;
}

interface Entry {
  href: string;
  mark: Mark;
  hour: string;
  user: string;
  /** Said, not shown: agency and verdict. */
  more: string;
}

/** Twelve small months. One relation on a day leads to it, several to the list of that day. */
export function yearPage(lang: Lang, facts: CalendarFacts & { year: number }): YearPage {
  const { year, rows, filter, today } = facts;
  const days = byDay(rows, `${year}-01-01`, `${year}-12-31`);
  const beside = (of: number, name: 'calendar.previousYear' | 'calendar.nextYear') => ({
    label: String(of),
    name: say(lang, name, { year: of }),
    href: paths.year(of, narrowing(filter)),
  });
  return {
    title: `${words(lang, 'calendar').title} ${year}`,
    ...frame(lang, facts, days, (query) => paths.year(year, query), paths.CALENDAR, {
      name: 'year',
      value: String(year),
    }),
    heading: String(year),
    before: beside(year - 1, 'calendar.previousYear'),
    after: beside(year + 1, 'calendar.nextYear'),
    list: paths.list(toQuery({ ...filter, from: null, to: null, year, page: 1 })),
    none: days.size > 0 ? null : say(lang, 'calendar.noneYear', { year: String(year) }),
    months: monthsOf(year).map((month) => ({
      name: monthName(lang, month),
      caption: say(lang, 'calendar.yearCaption', { month: monthName(lang, month), year: String(year) }),
      href: paths.month(month, narrowing(filter)),
      weeks: weeksOf(month).map((week) =>
        week.map((day) => (day.startsWith(month) ? yearDay(lang, day, days.get(day), today, filter) : null)),
      ),
    })),
  };
}

function yearDay(lang: Lang, day: string, rows: CalendarRow[] | undefined, today: string, filter: Filter): YearDay {
  const number = Number(day.slice(8));
  const isToday = day === today;
  const mark = isToday ? ' day--today' : '';
  if (rows === undefined) {
    const text = isToday ? say(lang, 'calendar.isToday', { text: longDay(lang, day) }) : '';
    return { number, href: null, text, look: `day${mark}` };
  }
  const picture = pictureOf(rows);
  const [only] = rows;
  const single = rows.length === 1 && only !== undefined;
  return {
    number,
    href: single ? paths.relation(only.periodId) : paths.list(narrowing(filter, { from: day, to: day })),
    text: dayWords(lang, day, rows, picture, isToday),
    look: `day day--${picture.verdict}${picture.live > 1 ? ' day--more' : ''}${mark}`,
  };
}

/** 'maandag 23 november: 1 arbeidsrelatie, Brouwerij De Zwaan, tijdig'. */
function dayWords(lang: Lang, day: string, rows: CalendarRow[], picture: DayPicture, isToday: boolean): string {
  const verdict = words(lang, 'verdict')[picture.verdict].toLowerCase();
  const [only] = rows;
  const text =
    rows.length === 1 && only !== undefined
      ? say(lang, 'calendar.dayOne', {
          day: longDay(lang, day),
          user: companyName(lang, only.userName, only.userNumber),
          verdict,
        })
      : say(lang, 'calendar.dayMany', { day: longDay(lang, day), n: rows.length, verdict });
  return isToday ? say(lang, 'calendar.isToday', { text }) : text;
}

/** One month as a table of weeks, every relation on each of its days. `month` is `YYYY-MM`. */
export function monthPage(lang: Lang, facts: CalendarFacts & { month: string; shifts?: Shift[] }): MonthPage {
  const { month, rows, filter, today, shifts = [] } = facts;
  const { first, last } = monthSpan(month);
  const days = byDay(rows, first, last);
  const beside = (of: string, name: 'calendar.previousMonth' | 'calendar.nextMonth') => ({
    label: capital(monthName(lang, of)),
    name: say(lang, name, { month: monthAndYear(lang, of) }),
    href: paths.month(of, narrowing(filter)),
  });
  const heading = capital(monthAndYear(lang, month));
  return {
    title: heading,
    ...frame(lang, facts, days, (query) => paths.month(month, query), paths.month(month), null),
    heading,
    before: beside(monthBeside(month, -1), 'calendar.previousMonth'),
    after: beside(monthBeside(month, 1), 'calendar.nextMonth'),
    caption: say(lang, 'calendar.monthCaption', { month: monthAndYear(lang, month) }),
    year: paths.year(Number(month.slice(0, 4)), narrowing(filter)),
    list: paths.list(toQuery({ ...filter, from: first, to: last, year: null, page: 1 })),
    none: days.size > 0 ? null : say(lang, 'calendar.noneMonth', { month: monthAndYear(lang, month) }),
    weeks: weeksOf(month).map((week) =>
      week.map((day) => {
        const found = days.get(day) ?? [];
        const outside = !day.startsWith(month);
        return {
          ...monthDay(lang, day, found, outside, today),
          noted: outside ? [] : notedOn(lang, day, shifts, found, today),
        };
      }),
    ),
  };
}

function monthDay(
  lang: Lang,
  day: string,
  rows: CalendarRow[],
  outside: boolean,
  today: string,
): Omit<MonthDay, 'noted'> {
  const long = longDay(lang, day);
  const empty = rows.length === 0 && day < today && !outside;
  return {
    number: Number(day.slice(8)),
    id: `d${day}`,
    outside,
    weekday: long,
    today: day === today ? words(lang, 'calendar').today : null,
    holiday: outside ? null : holidayName(day, lang),
    entries: rows.map((row) => entry(lang, row)),
    hint: empty ? { href: paths.newReport(`day=${day}`), text: say(lang, 'calendar.emptyDay', { day: long }) } : null,
  };
}

function entry(lang: Lang, row: CalendarRow): Entry {
  const mark = markOf(row);
  const agency = companyName(lang, row.agencyName, row.agencyNumber);
  return {
    href: paths.relation(row.periodId),
    mark,
    hour: row.hours === null ? '' : hour(lang, row.hours.start),
    user: companyName(lang, row.userName, row.userNumber),
    more: `, ${agency}, ${words(lang, 'verdict')[mark].toLowerCase()}`,
  };
}
