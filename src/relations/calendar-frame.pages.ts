import { weekdays } from '../web/dates.ts';
import { type Lang, type Part, rich, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { type Chip, chips, droppedWords, type FilterForm, filterForm, namesFrom } from './filter.pages.ts';
import { type Filter, type FilterField, toQuery, VERDICTS } from './filter.ts';
import type { CalendarRow, Choices } from './found.ts';

/** What stands around either calendar. */
export interface Frame {
  w: Words<'calendar'>;
  f: Words<'filter'>;
  v: Words<'verdict'>;
  disclaimer: true;
  heading: string;
  sentence: string;
  dropped: string | null;
  before: { label: string; name: string; href: string };
  after: { label: string; name: string; href: string };
  form: FilterForm;
  chips: Chip[];
  clear: string;
  list: string;
  weekdays: { short: string; long: string }[];
  none: string | null;
  help: Part[];
}

export interface CalendarFacts {
  rows: CalendarRow[];
  filter: Filter;
  today: string;
  dropped?: FilterField[];
  /** Choices of the filter form; left out, they are counted from the rows. */
  choices?: Choices | undefined;
}

/** What narrows a calendar, without period and order: those it has itself. */
export const narrowing = (filter: Filter, changes: Partial<Filter> = {}): string =>
  toQuery({
    ...filter,
    from: null,
    to: null,
    year: null,
    sort: 'start',
    dir: 'desc',
    page: 1,
    pageSize: 25,
    ...changes,
  });

/** Counts days that hold a live relation, and late and cancelled relations. */
function sentence(lang: Lang, days: Map<string, CalendarRow[]>): string {
  const live = [...days.values()].filter((found) => found.some((row) => !row.cancelled)).length;
  const seen = [...new Set([...days.values()].flat())];
  const late = seen.filter((row) => !row.cancelled && row.verdict === 'late').length;
  const cancelled = seen.filter((row) => row.cancelled).length;
  const said = [say(lang, 'calendar.sentence', { n: live })];
  if (late > 0) said.push(say(lang, 'calendar.late', { n: late }));
  if (cancelled > 0) said.push(say(lang, 'calendar.cancelled', { n: cancelled }));
  return said.join(' · ');
}

export function frame(
  lang: Lang,
  { rows, filter, dropped, choices, today }: CalendarFacts,
  days: Map<string, CalendarRow[]>,
  own: (query: string) => string,
  action: string,
  period: { name: 'year'; value: string } | null,
): Omit<Frame, 'heading' | 'before' | 'after' | 'list' | 'none'> {
  const offered = choices ?? choicesOf(rows);
  const bare: Filter = {
    ...filter,
    from: null,
    to: null,
    year: null,
    sort: 'start',
    dir: 'desc',
    page: 1,
    pageSize: 25,
  };
  const form = filterForm(bare, lang, offered, action, false);
  return {
    w: words(lang, 'calendar'),
    f: words(lang, 'filter'),
    v: words(lang, 'verdict'),
    disclaimer: true,
    sentence: sentence(lang, days),
    dropped: droppedWords(lang, dropped ?? []),
    form: period === null ? form : { ...form, hidden: [period, ...form.hidden] },
    chips: chips(bare, lang, namesFrom(offered), own, false, today),
    clear: own(''),
    weekdays: weekdays(lang),
    help: rich(lang, 'calendar.emptyHelp', {}, { a: paths.newReport() }),
  };
}

/** Choices counted from the rows at hand, most frequent first. */
export function choicesOf(rows: CalendarRow[]): Choices {
  const count = (of: (row: CalendarRow) => [value: string | null, label: string | null]) => {
    const found = new Map<string, { value: string; label: string | null; count: number }>();
    for (const [value, label] of rows.map(of)) {
      if (value === null) continue;
      const facet = found.get(value) ?? { value, label, count: 0 };
      facet.count++;
      found.set(value, facet);
    }
    return [...found.values()].sort((a, b) => b.count - a.count);
  };
  return {
    type: count((row) => [row.workerType, null]),
    agency: count((row) => [row.agencyNumber, row.agencyName]),
    user: count((row) => [row.userKey, row.userName]),
    verdict: VERDICTS.map((value) => ({
      value,
      label: null,
      count: rows.filter((row) => (value === 'cancelled' ? row.cancelled : row.verdict === value)).length,
    })),
  };
}
