import { sql } from 'kysely';
import { CHOICES, eachChoice, VERDICTS } from './filter.choices.ts';
import { COLUMN, ONE_COLUMN, type OneColumn } from './filter.store.ts';
import type { Choices, Facet, ListResult } from './found.ts';

/** What a line of the choices is about: `grouping` sets a bit for every column that it is not grouped by, the last column's the lowest. */
const MOST = 2 ** ONE_COLUMN.length - 1;
const bitOf = (field: OneColumn) => MOST - 2 ** (ONE_COLUMN.length - 1 - ONE_COLUMN.indexOf(field));

const COLUMNS = sql.join(ONE_COLUMN.map((field) => sql.ref(COLUMN[field])));
const EACH = sql.join(ONE_COLUMN.map((field) => sql`(${sql.ref(COLUMN[field])})`));
const COMPANIES = sql.join(
  ONE_COLUMN.filter((field) => CHOICES[field].named === 'directory').map((field) => sql.lit(bitOf(field))),
);

/**
 * What a search counts over the window `mine` (columns of `relations` with `wanted`: of the sector asked for, and `hit`: found by the filter).
 * A relation speaks of a few companies many times, so their names are looked up once each, here, and not for every row.
 */
export const COUNTS = sql`
  select json_build_object(
    'all', (select to_json(a) from (
      select count(*) filter (where not wanted) as other, count(*) filter (where hit) as total,
        count(*) filter (where hit and not cancelled and verdict = 'onTime') as "onTime",
        count(*) filter (where hit and not cancelled and verdict = 'late') as late,
        count(*) filter (where hit and not cancelled and verdict = 'unknown') as unknown,
        count(*) filter (where hit and cancelled) as cancelled,
        count(*) filter (where wanted and verdict = 'onTime') as "anyOnTime", count(*) filter (where wanted and verdict = 'late') as "anyLate",
        count(*) filter (where wanted and verdict = 'unknown') as "anyUnknown", count(*) filter (where wanted and cancelled) as "anyCancelled"
      from mine) a),
    'offered', (select coalesce(json_agg(json_build_array(c.of, c.value, listed.name, c.told, c.n)), '[]') from (
      select grouping(${COLUMNS}) as of, coalesce(${COLUMNS}) as value, min(user_name) as told, count(*) as n
      from mine where wanted group by grouping sets (${EACH})) c
      left join enterprises listed on c.of in (${COMPANIES}) and listed.enterprise_number = c.value
      where c.value is not null))`;

interface All {
  other: number;
  total: number;
  onTime: number;
  late: number;
  unknown: number;
  cancelled: number;
  /** Within the window, whatever else was chosen. */
  anyOnTime: number;
  anyLate: number;
  anyUnknown: number;
  anyCancelled: number;
}
/** Names of the directory and as declared. */
type Offered = [of: number, value: string, listed: string | null, told: string | null, n: number];
export interface Counts {
  all: All;
  offered: Offered[];
}

/** The values that the window offers, the most frequent first, then by name; of verdicts all, as many as choosing one finds. */
export function choicesOf({ all, offered }: Counts): Choices {
  const verdicts = [all.anyOnTime, all.anyLate, all.anyUnknown, all.anyCancelled];
  const facets = (field: OneColumn): Facet[] =>
    offered
      .filter(([of]) => of === bitOf(field))
      .map(([, value, listed, told, count]) => ({ value, label: listed ?? (field === 'user' ? told : null), count }))
      .sort((a, b) => b.count - a.count || ((a.label ?? a.value) < (b.label ?? b.value) ? -1 : 1));
  return eachChoice((field) =>
    field === 'verdict' ? VERDICTS.map((value, i) => ({ value, label: null, count: verdicts[i] ?? 0 })) : facets(field),
  );
}

/** How many relations the filter finds, in all and by what their mark says; declarations of the other sector beside them. */
export function totalsOf({ all }: Counts): { total: number; other: number; marks: ListResult['marks'] } {
  const { total, other, onTime, late, unknown, cancelled } = all;
  return { total, other, marks: { onTime, late, unknown, cancelled } };
}

/** The directory's names of the window's companies, by number. */
export function namesOf({ offered }: Counts): Map<string, string> {
  return new Map(offered.flatMap(([, value, listed]) => (listed === null ? [] : [[value, listed]])));
}
