import { capital, monthAndYear, plainDay } from '../web/dates.ts';
import { type Lang, say, words } from '../web/language.ts';
import { monthSpan } from './calendar.ts';
import { CHOICE_FIELDS, CHOICES, type ChoiceField, chosenIn, type VerdictChoice, without } from './filter.choices.ts';
import { type Filter, type FilterField, isNarrowed, range, toFields, toQuery } from './filter.ts';
import type { Choices, Facet } from './found.ts';
import { committeeName, listedName, typeName } from './names.pages.ts';

/** The filter in words, as chips and as a form. Shared by list, calendar and overview. */

/** Name of a value where the directory knows one, else null. */
export type NameOf = (field: ChoiceField, value: string) => string | null;

export function namesFrom(choices: Choices): NameOf {
  return (field, value) => choices[field].find((facet) => facet.value === value)?.label ?? null;
}

const NAMED = {
  types: typeName,
  committees: committeeName,
  verdict: (lang: Lang, value: string) => words(lang, 'verdict')[value as VerdictChoice],
  directory: listedName,
};

/** The word for one chosen value. */
export function valueName(lang: Lang, field: ChoiceField, value: string, names: NameOf): string {
  return NAMED[CHOICES[field].named](lang, value, names(field, value));
}

/** The same where it stands alone, as a chip or an option: words begin with a capital, a company's name is left as it is. */
function standing(lang: Lang, field: ChoiceField, value: string, names: NameOf): string {
  const name = valueName(lang, field, value, names);
  return CHOICES[field].named === 'directory' ? name : capital(name);
}

/** 'in 2026', 'in maart 2026', 'van 3 maart 2026 tot en met 5 april 2026' … `today` (YYYY-MM-DD) sets the window. */
export function periodWords(filter: Filter, lang: Lang, today: string): string {
  const { from, to } = range(filter, today);
  if (from === null && to === null) return words(lang, 'filter').period.all;
  if (from === null) return say(lang, 'filter.period.until', { to: plainDay(lang, to ?? today) });
  if (to === null) return say(lang, 'filter.period.since', { from: plainDay(lang, from) });
  const [first, last] = [from.slice(0, 4), to.slice(0, 4)];
  if (from.endsWith('-01-01') && to.endsWith('-12-31')) {
    return first === last
      ? say(lang, 'filter.period.year', { year: first })
      : say(lang, 'filter.period.window', { first, last });
  }
  if (from === to) return say(lang, 'filter.period.day', { day: plainDay(lang, from) });
  const span = monthSpan(from.slice(0, 7));
  if (span.first === from && span.last === to)
    return say(lang, 'filter.period.month', { month: monthAndYear(lang, from) });
  return say(lang, 'filter.period.between', { from: plainDay(lang, from), to: plainDay(lang, to) });
}

export interface Facts {
  today: string;
  /** How many relations it finds; null where the sentence only says what was chosen. */
  total: number | null;
  names: NameOf;
  /** How many agencies these come from; said only where the choice does not name them. */
  agencies?: number;
}

/** The filter as one sentence without full stop: '41 arbeidsrelaties in maart 2026, Flexi-job, Tempo Interim'. */
export function describe(filter: Filter, lang: Lang, facts: Facts): string {
  const count = filter.sector === 'other' ? 'filter.declarations' : 'filter.relations';
  const period = periodWords(filter, lang, facts.today);
  const head = facts.total === null ? period : `${say(lang, count, { n: facts.total })} ${period}`;
  const values = chosenIn(filter).map(({ field, value }) => valueName(lang, field, value, facts.names));
  const wide = !isNarrowed(filter) && filter.sector === 'temp' && (facts.agencies ?? 0) > 0 && (facts.total ?? 0) > 0;
  if (wide) values.push(say(lang, 'filter.atAgencies', { n: facts.agencies ?? 0 }));
  return [head, ...values].join(', ');
}

export interface Chip {
  label: string;
  href: string;
}

/** What was chosen beyond the window, each with the address of the same page without it. */
export function chips(
  filter: Filter,
  lang: Lang,
  names: NameOf,
  to: (query: string) => string,
  dates: boolean,
  today: string,
): Chip[] {
  const many = chosenIn(filter).map(({ field, value }) => ({
    label: standing(lang, field, value, names),
    href: to(toQuery(filter, without(filter, field, value))),
  }));
  const bounded = filter.from !== null || filter.to !== null || filter.year !== null;
  if (!dates || !bounded) return many;
  return [
    { label: periodWords(filter, lang, today), href: to(toQuery(filter, { from: null, to: null, year: null })) },
    ...many,
  ];
}

interface Option {
  id: string;
  value: string;
  label: string;
  count: string;
  checked: boolean;
}

export interface Group {
  name: string;
  label: string;
  chosen: string;
  options: Option[];
}

export interface FilterForm {
  action: string;
  hidden: { name: string; value: string }[];
  /** null: the page has its own period. */
  dates: { from: string; to: string } | null;
  groups: Group[];
}

/** The form that makes the filter: what it holds itself, and hidden what it must not lose. */
export function filterForm(filter: Filter, lang: Lang, choices: Choices, action: string, dates: boolean): FilterForm {
  const own: FilterField[] = [...CHOICE_FIELDS, 'page', ...(dates ? (['from', 'to'] as const) : [])];
  return {
    action,
    hidden: toFields(filter).flatMap(([name, value]) => (own.includes(name) ? [] : [{ name, value }])),
    dates: dates ? { from: filter.from ?? '', to: filter.to ?? '' } : null,
    groups: CHOICE_FIELDS.map((name) => group(filter, lang, name, choices[name])),
  };
}

function group(filter: Filter, lang: Lang, name: ChoiceField, facets: Facet[]): Group {
  const w = words(lang, 'filter');
  const chosen: string[] = filter[name];
  const missing = chosen.filter((value) => !facets.some((facet) => facet.value === value));
  const all = [...facets, ...missing.map((value) => ({ value, label: null, count: 0 }))];
  const known: NameOf = (_, value) => all.find((facet) => facet.value === value)?.label ?? null;
  return choiceGroup(lang, {
    name,
    label: name === 'agency' && filter.sector === 'other' ? w.employer : w[name],
    chosen,
    options: all.map(({ value, count }) => ({ value, count, label: standing(lang, name, value, known) })),
  });
}

/** A field of which several values may be ticked, with how many it leads to where that is counted. */
export function choiceGroup(
  lang: Lang,
  of: { name: string; label: string; chosen: string[]; options: { value: string; label: string; count?: number }[] },
): Group {
  const { name, label, chosen, options } = of;
  const [only] = chosen;
  const first = options.find(({ value }) => value === only)?.label ?? only;
  return {
    name,
    label,
    chosen:
      first === undefined
        ? words(lang, 'filter').all
        : chosen.length === 1
          ? first
          : say(lang, 'filter.chosen', { n: chosen.length }),
    options: options.map(({ value, label, count }, i) => ({
      id: `${name}-${i}`,
      value,
      label,
      count: String(count ?? ''),
      checked: chosen.includes(value),
    })),
  };
}

/** A sentence for the parts of an address that could not be read, or null when all could. */
export function droppedWords(lang: Lang, dropped: FilterField[]): string | null {
  if (dropped.length === 0) return null;
  const w = words(lang, 'filter');
  return say(lang, 'filter.dropped', { fields: dropped.map((field) => w[field]).join(', ') });
}
