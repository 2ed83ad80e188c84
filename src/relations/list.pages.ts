import { type OrderForm, orderForm } from '../overviews/overviews.pages.ts';
import { dayRange, hourRange } from '../web/dates.ts';
import { type Lang, type Part, plain, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { type Chip, chips, describe, droppedWords, type FilterForm, filterForm, namesFrom } from './filter.pages.ts';
import type { Filter, FilterField, Sort } from './filter.ts';
import { isNarrowed, toQuery, VERDICTS } from './filter.ts';
import type { ListResult, ListRow } from './found.ts';
import { companyName, type Mark, markOf, typeName, userName } from './names.pages.ts';

declare module '../web/views.ts' {
  interface Views {
    'relations/list': ListPage;
  }
}

export interface ListPage {
  title: string;
  w: Words<'list'>;
  f: Words<'filter'>;
  disclaimer: true;
  sentence: Part[];
  intro: string | null;
  back: string | null;
  dropped: string | null;
  years: Link[];
  form: FilterForm;
  chips: Chip[];
  clear: string;
  columns: Column[];
  rows: Row[];
  empty: { title: string; text: string; link: string | null; href: string } | null;
  pages: Pages | null;
  csv: string;
  json: string;
  calendar: string | null;
  order: OrderForm | null;
  other: { label: string; href: string } | null;
}

interface Link {
  label: string;
  href: string;
  current: boolean;
}

interface Column {
  label: string;
  href: string | null;
  sorted: 'ascending' | 'descending' | 'none';
}

interface Row {
  href: string;
  period: string;
  hours: string;
  agency: string;
  user: string;
  type: string;
  mark: Mark;
  verdict: string;
  note: string;
}

interface Pages {
  links: { label: string; name: string; href: string; current: boolean }[];
  previous: string | null;
  next: string | null;
  size: Link;
}

/** The list of the worker's own relations. `today` is the day in Belgium; `dropped` names fields of the address that could not be read. */
export function listPage(
  lang: Lang,
  result: ListResult,
  filter: Filter,
  today: string,
  dropped: FilterField[],
): ListPage {
  const w = words(lang, 'list');
  const other = filter.sector === 'other';
  const names = namesFrom(result.facets);
  const says = describe(filter, lang, { today, total: result.total, names, agencies: result.facets.agency.length });
  return {
    title: other ? w.otherTitle : w.title,
    w,
    f: words(lang, 'filter'),
    disclaimer: true,
    sentence: sentence(lang, says, result),
    intro: other ? w.otherIntro : null,
    back: other ? paths.list() : null,
    dropped: droppedWords(lang, dropped),
    years: years(lang, filter, today),
    form: filterForm(filter, lang, result.facets, paths.LIST, true),
    chips: chips(filter, lang, names, paths.list, true, today),
    clear: other ? paths.list('sector=other') : paths.list(),
    columns: columns(lang, filter),
    rows: result.rows.map(rowIn(lang)),
    empty: empty(lang, filter, result),
    pages: pages(lang, result.total, filter),
    csv: paths.listCsv(toQuery(filter, { page: 1, pageSize: 'all' })),
    json: paths.listJson(toQuery(filter, { page: 1, pageSize: 'all' })),
    calendar: other ? null : calendar(filter, today),
    order: other || result.total === 0 ? null : orderForm(lang, filter, says),
    other: otherLink(lang, other, result.otherSectorCount),
  };
}

function sentence(lang: Lang, says: string, result: ListResult): Part[] {
  const counts = VERDICTS.filter((verdict) => result.facets.verdict[verdict] > 0).map((verdict, i) => ({
    text: say(lang, `filter.count.${verdict}`, { n: result.facets.verdict[verdict] }),
    strong: i === 0,
    href: null,
  }));
  const listed = counts.flatMap((part, i) => (i === 0 ? [part] : [plain(', '), part]));
  return counts.length === 0 ? [plain(`${says}.`)] : [plain(`${says}. `), ...listed, plain('.')];
}

function years(lang: Lang, filter: Filter, today: string): Link[] {
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

function columns(lang: Lang, filter: Filter): Column[] {
  const w = words(lang, 'list');
  return COLUMNS.map(([sort, name]) => {
    const current = filter.sort === sort;
    const first = sort === 'start' ? 'desc' : 'asc';
    const dir = current ? (filter.dir === 'asc' ? 'desc' : 'asc') : first;
    return {
      label: name === 'agency' && filter.sector === 'other' ? w.employer : w[name],
      href: paths.list(toQuery(filter, { sort, dir })),
      sorted: !current ? 'none' : filter.dir === 'asc' ? 'ascending' : 'descending',
    };
  });
}

function rowIn(lang: Lang): (row: ListRow) => Row {
  const verdicts = words(lang, 'verdict');
  const warnings = words(lang, 'warning');
  const types = new Map<string, string>();
  const type = (code: string) => {
    const known = types.get(code) ?? typeName(lang, code);
    types.set(code, known);
    return known;
  };
  return (row) => {
    const mark = markOf(row);
    const warning = row.warnings.find((one) => one !== 'userCompanyUnknown');
    return {
      href: paths.relation(row.periodId),
      period: dayRange(lang, row.startDate, row.endDate),
      hours: row.startHour === null ? '' : hourRange(lang, row.startHour, row.endHour),
      agency: companyName(lang, row.agencyName, row.agencyNumber),
      user: userName(lang, row),
      type: type(row.workerType),
      mark,
      verdict: verdicts[mark],
      note: warning === undefined ? '' : warnings[warning],
    };
  };
}

function empty(lang: Lang, filter: Filter, result: ListResult): ListPage['empty'] {
  if (result.rows.length > 0) return null;
  if (result.total > 0) return { ...words(lang, 'list').pageNone, href: paths.list(toQuery(filter, { page: 1 })) };
  const w = words(lang, 'list').none;
  const narrowed = isNarrowed(filter) || filter.from !== null || filter.to !== null || filter.year !== null;
  if (narrowed || filter.sector === 'other') {
    return { title: w.narrowTitle, text: w.narrowText, link: words(lang, 'filter').clear, href: paths.list() };
  }
  return { title: w.title, text: w.text, link: w.link, href: paths.help('not-declared') };
}

function pages(lang: Lang, total: number, filter: Filter): Pages | null {
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

function calendar(filter: Filter, today: string): string {
  const year = typeof filter.year === 'number' ? filter.year : Number((filter.from ?? today).slice(0, 4));
  return paths.year(
    year,
    toQuery(filter, { from: null, to: null, year: null, sort: 'start', dir: 'desc', pageSize: 25 }),
  );
}

function otherLink(lang: Lang, other: boolean, count: number): ListPage['other'] {
  if (other || count === 0) return null;
  return { label: say(lang, 'list.otherLink', { n: count }), href: paths.list('sector=other') };
}
