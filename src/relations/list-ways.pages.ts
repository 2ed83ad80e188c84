import { type Lang, say, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { narrowing } from './calendar-frame.pages.ts';
import { defaultDir, type Filter, type Sort, toQuery } from './filter.ts';

/** The ways around the list: by year, by order, by page, and over to the calendar. */

export interface Link {
  label: string;
  href: string;
  current: boolean;
}

export interface Column {
  label: string;
  href: string | null;
  sorted: 'ascending' | 'descending' | 'none';
}

export interface Pages {
  links: { label: string; name: string; href: string; current: boolean }[];
  previous: string | null;
  next: string | null;
  size: Link;
}

/** The window, each of its years, and everything. */
export function years(lang: Lang, filter: Filter, today: string): Link[] {
  const now = Number(today.slice(0, 4));
  const link = (label: string, year: Filter['year']): Link => ({
    label,
    href: paths.list(toQuery(filter, { year, from: null, to: null })),
    current: filter.from === null && filter.to === null && filter.year === year,
  });
  const single = [now - 1, now, now + 1].map((year) => link(String(year), year));
  return [link(`${now - 1} – ${now + 1}`, null), ...single, link(words(lang, 'filter').allYears, 'all')];
}

const COLUMNS: [Sort, 'period' | 'agency' | 'user' | 'type' | 'declaration'][] = [
  ['start', 'period'],
  ['agency', 'agency'],
  ['user', 'user'],
  ['type', 'type'],
  ['verdict', 'declaration'],
];

/** Headers that sort; the one in force turns the order round. */
export function columns(lang: Lang, filter: Filter): Column[] {
  const w = words(lang, 'list');
  return COLUMNS.map(([sort, name]) => {
    const current = filter.sort === sort;
    const dir = current ? (filter.dir === 'asc' ? 'desc' : 'asc') : defaultDir(sort);
    return {
      label: name === 'agency' && filter.sector === 'other' ? w.employer : w[name],
      href: paths.list(toQuery(filter, { sort, dir })),
      sorted: !current ? 'none' : filter.dir === 'asc' ? 'ascending' : 'descending',
    };
  });
}

/** Pages of 25, or all on one; null when they fit. */
export function pages(lang: Lang, total: number, filter: Filter): Pages | null {
  const w = words(lang, 'list');
  if (total <= 25) return null;
  const all = filter.pageSize === 'all';
  const size: Link = {
    label: all ? w.showPages : w.showAll,
    href: paths.list(toQuery(filter, { pageSize: all ? 25 : 'all' })),
    current: false,
  };
  if (all) return { links: [], previous: null, next: null, size };
  const last = Math.ceil(total / 25);
  const href = (page: number) => paths.list(toQuery(filter, { page }));
  const near = [...new Set([1, filter.page - 1, filter.page, filter.page + 1, last])].filter(
    (page) => page >= 1 && page <= last,
  );
  return {
    links: near.map((page) => ({
      label: String(page),
      name: say(lang, 'list.page', { n: page }),
      href: href(page),
      current: page === filter.page,
    })),
    previous: filter.page > 1 ? href(Math.min(filter.page - 1, last)) : null,
    next: filter.page < last ? href(filter.page + 1) : null,
    size,
  };
}

/** The year the list begins in, as a calendar with the same filters. */
export function calendar(filter: Filter, today: string): string {
  const year = typeof filter.year === 'number' ? filter.year : Number((filter.from ?? today).slice(0, 4));
  return paths.year(year, narrowing(filter));
}
