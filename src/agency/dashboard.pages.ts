import { addDays } from '../platform/calendar-days.ts';
import { plainDay, shortDay, shortMonth } from '../web/dates.ts';
import { type Lang, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { type Picture, pictureOf } from './dashboard.svg.ts';
import type { Week } from './declarations.ts';
import { type DeskFilter, deskQuery, EVERYTHING } from './filter.ts';
import type { PersonKeys } from './person-key.ts';
import { counted, figure } from './words.pages.ts';

declare module '../web/views.ts' {
  interface Views {
    'agency/dashboard': DashboardPage;
  }
}

export interface DashboardPage {
  title: string;
  w: Words<'dashboard'>;
  s: Words<'deskSearch'>;
  search: string;
  tiles: { name: string; count: string; label: string; note: string; href: string; isCalm: boolean }[];
  declare: string | null;
  all: string;
  picture: Picture;
  most: { declared: string; faults: string };
  /** The first week of every month, named. */
  months: { x: number; label: string }[];
  table: { week: string; declared: string; late: string; refused: string }[];
}

/** How far back the desk calls something new, and how far back it asks to verify. Days. */
const LATELY = 7;
const TO_VERIFY = 30;

/** What needs somebody, as filters of the table: what the dashboard counts is what the table then shows. */
export function dashboardFilters(today: string): Record<keyof Words<'dashboard'>['tile'], DeskFilter> {
  const verifiable = { ...EVERYTHING, from: addDays(today, -TO_VERIFY), verified: 'no' as const };
  return {
    starts: { ...EVERYTHING, starts: 'today' },
    late: { ...EVERYTHING, from: addDays(today, 1 - LATELY), verdict: ['late'] },
    refused: { ...EVERYTHING, result: ['B'], verified: 'no' },
    warned: { ...verifiable, result: ['W'] },
    unverified: { ...verifiable, result: ['A', 'W'] },
  };
}

/** `counts` in the order of `dashboardFilters`. */
export function dashboardPage(
  lang: Lang,
  {
    counts,
    weeks,
    waiting,
    today,
    keys,
    mayDeclare,
  }: {
    counts: number[];
    weeks: Week[];
    /** Reports of workers that wait for an answer. */
    waiting: { open: number; overdue: number };
    today: string;
    keys: PersonKeys;
    mayDeclare: boolean;
  },
): DashboardPage {
  const w = words(lang, 'dashboard');
  const filters = dashboardFilters(today);
  const names = Object.keys(filters) as (keyof typeof filters)[];
  const picture = pictureOf(weeks);
  return {
    title: w.title,
    w,
    s: words(lang, 'deskSearch'),
    search: paths.SEARCHES,
    tiles: [
      ...names.map((name, i) => ({
        name,
        count: counted(lang, counts[i] ?? 0),
        label: w.tile[name],
        note: w.note[name],
        href: name === 'refused' ? paths.refused() : paths.declarations(deskQuery(filters[name], keys)),
        isCalm: counts[i] === 0,
      })),
      {
        name: waiting.overdue > 0 ? 'late' : 'reports',
        count: counted(lang, waiting.open),
        label: w.reports,
        note: say(lang, 'dashboard.reportsNote', { n: waiting.overdue }),
        href: paths.AGENCY_REPORTS,
        isCalm: waiting.open === 0,
      },
    ],
    declare: mayDeclare ? paths.newDeclaration() : null,
    all: paths.declarations(),
    picture,
    most: { declared: figure(lang, picture.declared.most), faults: figure(lang, picture.faults.most) },
    months: monthsOf(lang, picture),
    table: weeks.map((week) => ({
      week: say(lang, 'dashboard.weekOf', {
        from: shortDay(lang, week.from),
        to: plainDay(lang, addDays(week.from, 6)),
      }),
      declared: figure(lang, week.declared),
      late: figure(lang, week.late),
      refused: figure(lang, week.refused),
    })),
  };
}

function monthsOf(lang: Lang, { weeks }: Picture): DashboardPage['months'] {
  return weeks.flatMap(({ declared, week }, i) => {
    const month = week.from.slice(0, 7);
    const isFirst = i > 0 && weeks[i - 1]?.week.from.slice(0, 7) !== month;
    return isFirst && i < weeks.length - 2 ? [{ x: declared.x, label: shortMonth(lang, month) }] : [];
  });
}
