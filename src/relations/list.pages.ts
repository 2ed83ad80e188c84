import { dayRange, hourRange } from '../web/dates.ts';
import { type Lang, type Part, plain, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { VERDICTS } from './filter.choices.ts';
import { type Chip, chips, describe, droppedWords, type FilterForm, filterForm, namesFrom } from './filter.pages.ts';
import { type Filter, type FilterField, isNarrowed, toQuery } from './filter.ts';
import type { ListResult, ListRow } from './found.ts';
import { type Column, calendar, columns, type Link, type Pages, pages, years } from './list-ways.pages.ts';
import { companyName, type Mark, markOf, typeName, userName } from './names.pages.ts';
import { type OrderForm, orderForm } from './order.pages.ts';

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
  /** null: nothing may be taken along. */
  csv: string | null;
  json: string | null;
  feeds: string;
  dossier: string;
  calendar: string | null;
  order: OrderForm | null;
  other: { label: string; href: string } | null;
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
    rows: result.rows.map(rowIn(lang, toQuery(filter))),
    empty: empty(lang, filter, result),
    pages: pages(lang, result.total, filter),
    csv: paths.listCsv(toQuery(filter, { page: 1, pageSize: 'all' })),
    json: paths.listJson(toQuery(filter, { page: 1, pageSize: 'all' })),
    feeds: paths.FEEDS,
    dossier: paths.DOSSIER,
    calendar: other ? null : calendar(filter, today),
    order: other || result.total === 0 ? null : orderForm(lang, filter, says),
    other: otherLink(lang, other, result.otherSectorCount),
  };
}

function sentence(lang: Lang, says: string, result: ListResult): Part[] {
  const counts = VERDICTS.filter((verdict) => result.marks[verdict] > 0).map((verdict, i) => ({
    text: say(lang, `filter.count.${verdict}`, { n: result.marks[verdict] }),
    strong: i === 0,
    href: null,
  }));
  const listed = counts.flatMap((part, i) => (i === 0 ? [part] : [plain(', '), part]));
  return counts.length === 0 ? [plain(`${says}.`)] : [plain(`${says}. `), ...listed, plain('.')];
}

/** `query` is the list's own: a relation knows the way back to it. */
function rowIn(lang: Lang, query: string): (row: ListRow) => Row {
  const verdicts = words(lang, 'verdict');
  const types = new Map<string, string>();
  const type = (code: string) => {
    const known = types.get(code) ?? typeName(lang, code);
    types.set(code, known);
    return known;
  };
  return (row) => {
    const mark = markOf(row);
    return {
      href: paths.relation(row.periodId, query),
      period: dayRange(lang, row.startDate, row.endDate),
      hours: row.startHour === null ? '' : hourRange(lang, row.startHour, row.endHour),
      agency: companyName(lang, row.agencyName, row.agencyNumber),
      user: userName(lang, row),
      type: type(row.workerType),
      mark,
      verdict: verdicts[mark],
      note: noteOf(lang, row),
    };
  };
}

/** What the mark does not say: that a cancelled one was late too, and a warning about what was done to it. */
function noteOf(lang: Lang, row: ListRow): string {
  const warning = row.warnings.find((one) => one !== 'userCompanyUnknown');
  const late = row.cancelled && row.verdict === 'late' ? [words(lang, 'verdict').late] : [];
  return [...late, ...(warning ? [words(lang, 'warning')[warning]] : [])].join(' · ');
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

function otherLink(lang: Lang, other: boolean, count: number): ListPage['other'] {
  if (other || count === 0) return null;
  return { label: say(lang, 'list.otherLink', { n: count }), href: paths.list('sector=other') };
}
