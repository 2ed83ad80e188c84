import { z } from 'zod';
import { CHOICES, type Chosen, chosenIn, eachChoice } from './filter.choices.ts';
import { type Query, queryOf, readerOf } from './query.ts';

/**
 * The filter of list, calendar, export and data, the same everywhere and whole in the address.
 * Days are `YYYY-MM-DD` in Belgium; `from` and `to` ask for overlap with the period.
 */

export const SORTS = ['start', 'end', 'agency', 'user', 'type', 'verdict'] as const;
export type Sort = (typeof SORTS)[number];

/** What was chosen is a union within a field; timeliness matches cancelled relations too. */
export interface Filter extends Chosen {
  from: string | null;
  to: string | null;
  /** null: the window of previous, current and next year; 'all': everything kept. Outranked by `from` and `to`. */
  year: number | 'all' | null;
  sort: Sort;
  dir: 'asc' | 'desc';
  page: number;
  pageSize: 25 | 'all';
  /** 'other': declarations outside temp work. */
  sector: 'temp' | 'other';
}

export type FilterField = keyof Filter;

const day = z.iso.date().refine((text) => text >= '1900-01-01' && text <= '9999-12-31');
const number = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const yearsAhead = 10; // Dimona takes no date beyond

const ONE = {
  from: day,
  to: day,
  year: z.union([z.literal('all'), number.refine((year) => year >= 1900)]),
  sort: z.enum(SORTS),
  dir: z.enum(['asc', 'desc']),
  page: number.refine((page) => page >= 1 && page <= 1_000_000),
  pageSize: z.union([z.literal('all'), z.literal('25').transform(() => 25 as const)]),
  sector: z.enum(['temp', 'other']),
};

/** The way an order goes unless asked otherwise: days the newest first, words by the alphabet. */
export const defaultDir = (sort: Sort): 'asc' | 'desc' => (sort === 'start' || sort === 'end' ? 'desc' : 'asc');

/**
 * Reads a query string already split into fields. Values that cannot be are left out and their fields named in `dropped`;
 * empty fields (an untouched form) and fields of other pages count as absent. Never fails. `today` bounds the years.
 */
export function parseFilter(query: Query, today: string): { filter: Filter; dropped: FilterField[] } {
  const { dropped, one, many } = readerOf<FilterField>(query);

  let from = one('from', ONE.from);
  let to = one('to', ONE.to);
  if (from !== null && to !== null && from > to) {
    from = to = null;
    dropped.add('from').add('to');
  }
  let year = one('year', ONE.year);
  if (typeof year === 'number' && year > Number(today.slice(0, 4)) + yearsAhead) {
    year = null;
    dropped.add('year');
  }
  const sort = one('sort', ONE.sort) ?? 'start';
  const filter: Filter = {
    from,
    to,
    year,
    ...(eachChoice((field) => many(field, CHOICES[field].value)) as Chosen),
    sort,
    dir: one('dir', ONE.dir) ?? defaultDir(sort),
    page: one('page', ONE.page) ?? 1,
    pageSize: one('pageSize', ONE.pageSize) ?? 25,
    sector: one('sector', ONE.sector) ?? 'temp',
  };
  return { filter, dropped: [...dropped] };
}

/** The days the filter covers, inclusive; null is unbounded. The window counts calendar years around `today`. */
export function range(filter: Filter, today: string): { from: string | null; to: string | null } {
  if (filter.from !== null || filter.to !== null) return { from: filter.from, to: filter.to };
  if (filter.year === 'all') return { from: null, to: null };
  const now = Number(today.slice(0, 4));
  const [first, last] = filter.year === null ? [now - 1, now + 1] : [filter.year, filter.year];
  return { from: `${first}-01-01`, to: `${last}-12-31` };
}

/** The filter as fields in a fixed order, defaults left out: for addresses and for hidden form fields. */
export function toFields(filter: Filter): [FilterField, string][] {
  const fields: [FilterField, string][] = [];
  const add = (field: FilterField, value: string | number | null, usual: string | number | null = null) => {
    if (value !== usual && value !== null) fields.push([field, String(value)]);
  };
  add('sector', filter.sector, 'temp');
  add('from', filter.from);
  add('to', filter.to);
  add('year', filter.year);
  for (const { field, value } of chosenIn(filter)) add(field, value);
  add('sort', filter.sort, 'start');
  add('dir', filter.dir, defaultDir(filter.sort));
  add('page', filter.page, 1);
  add('pageSize', filter.pageSize, 25);
  return fields;
}

/** The same filter with changes, as a query string without question mark. A change leads back to the first page. */
export function toQuery(filter: Filter, changes: Partial<Filter> = {}): string {
  const page = Object.keys(changes).length === 0 ? filter.page : 1;
  return queryOf(toFields({ ...filter, page, ...changes }));
}

/** Does anything but the window narrow the list? */
export function isNarrowed(filter: Filter): boolean {
  return chosenIn(filter).length > 0;
}

/** Whether some relations of the period are left out. */
export function narrows(filter: Filter): boolean {
  return isNarrowed(filter) || filter.sector !== 'temp';
}
