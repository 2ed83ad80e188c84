import { weekdays } from '../web/dates.ts';
import { type Lang, type Part, rich, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { type Chip, chips, droppedWords, type FilterForm, filterForm, namesFrom } from './filter.pages.ts';
import { type Filter, type FilterField, toQuery } from './filter.ts';
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
  /** What the filter's form offers. */
  choices: Choices;
}

/** What narrows a calendar, without period and order: those it has itself. */
const bare = (filter: Filter): Filter => {
  return { ...filter, from: null, to: null, year: null, sort: 'start', dir: 'desc', page: 1, pageSize: 25 };
};

export const narrowing = (filter: Filter, changes: Partial<Filter> = {}): string =>
  toQuery({ ...bare(filter), ...changes });

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
  { filter, dropped, choices, today }: CalendarFacts,
  days: Map<string, CalendarRow[]>,
  own: (query: string) => string,
  action: string,
  period: { name: 'year'; value: string } | null,
): Omit<Frame, 'heading' | 'before' | 'after' | 'list' | 'none'> {
  const chosen = bare(filter);
  const form = filterForm(chosen, lang, choices, action, false);
  return {
    w: words(lang, 'calendar'),
    f: words(lang, 'filter'),
    v: words(lang, 'verdict'),
    disclaimer: true,
    sentence: sentence(lang, days),
    dropped: droppedWords(lang, dropped ?? []),
    form: period === null ? form : { ...form, hidden: [period, ...form.hidden] },
    chips: chips(chosen, lang, namesFrom(choices), own, false, today),
    clear: own(''),
    weekdays: weekdays(lang),
    help: rich(lang, 'calendar.emptyHelp', {}, { a: paths.newReport() }),
  };
}
