import { byDay, type DayPicture, monthBeside, monthSpan, pictureOf, weeksOf } from '../relations/calendar.ts';
import type { CalendarRow } from '../relations/found.ts';
import type { WorkRelation } from '../relations/relation.ts';
import { capital, monthAndYear, weekdays } from '../web/dates.ts';
import { type Lang, words } from '../web/language.ts';
import type { CalendarSection, DayMark, MonthPicture } from './document.ts';

/** The calendar of an overview: every month that holds a relation. */

const MARKS: readonly DayMark[] = ['onTime', 'late', 'unknown', 'cancelled'];
/** An open end, outside temp work only, is drawn for a year. */
const LONGEST_OPEN_MONTHS = 12;

export function calendarOf(lang: Lang, found: WorkRelation[]): CalendarSection {
  const w = words(lang, 'parts').calendar;
  const legend = MARKS.map((mark) => ({ mark, word: words(lang, 'verdict')[mark] }));
  return {
    kind: 'calendar',
    heading: w.heading,
    weekdays: weekdays(lang).map(({ short }) => short),
    months: monthsWith(found).map((month) => pictureOfMonth(lang, month, found)),
    legend,
    none: words(lang, 'parts').none,
  };
}

/** The months that relations touch, first to last; those between without any are left out. */
function monthsWith(found: WorkRelation[]): string[] {
  const touched = new Set<string>();
  for (const { startDate, endDate } of found) {
    let month = startDate.slice(0, 7);
    for (let n = 0; month <= (endDate?.slice(0, 7) ?? '9999-12'); n++) {
      if (endDate === null && n === LONGEST_OPEN_MONTHS) break;
      touched.add(month);
      month = monthBeside(month, 1);
    }
  }
  return [...touched].sort();
}

function pictureOfMonth(lang: Lang, month: string, found: WorkRelation[]): MonthPicture {
  const { first, last } = monthSpan(month);
  const days = byDay(found.filter((one) => touches(one, first, last)).map(asRow), first, last);
  const pictures = new Map([...days].map(([day, rows]) => [day, pictureOf(rows)]));
  const label = capital(monthAndYear(lang, month));
  return {
    label,
    alt: `${label}. ${told(lang, pictures)}`,
    days: weeksOf(month).flatMap((days, week) =>
      days.flatMap((day, column) => {
        if (!day.startsWith(month)) return [];
        const picture = pictures.get(day);
        const mark = picture?.verdict ?? null;
        return [{ day: Number(day.slice(8)), column, week, mark, count: picture?.live ?? 0 }];
      }),
    ),
  };
}

const touches = ({ startDate, endDate }: WorkRelation, first: string, last: string) =>
  startDate <= last && (endDate ?? '9999-12-31') >= first;

/** 'Tijdig: 2, 3 (2×). Laattijdig: 9.' */
function told(lang: Lang, pictures: Map<string, DayPicture>): string {
  const verdicts = words(lang, 'verdict');
  return MARKS.flatMap((mark) => {
    const days = [...pictures].filter(([, { verdict }]) => verdict === mark).sort(([a], [b]) => (a < b ? -1 : 1));
    const list = days.map(([day, { live }]) => `${Number(day.slice(8))}${live > 1 ? ` (${live}×)` : ''}`);
    return list.length === 0 ? [] : [`${verdicts[mark]}: ${list.join(', ')}.`];
  }).join(' ');
}

function asRow(relation: WorkRelation): CalendarRow {
  const { startHour, endHour, userCompanyName } = relation;
  const hours = startHour === null ? null : { start: startHour, end: endHour };
  return { ...relation, hours, userName: userCompanyName, warnings: relation.warnings };
}
