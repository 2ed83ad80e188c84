import { sql } from 'kysely';
import { VERDICTS } from './filter.ts';
import type { Choices, Facet, ListResult } from './found.ts';

/**
 * What a search counts, in one pass over the window `mine` (columns of `relations` with `wanted`: of the sector asked for, and `hit`: found by
 * the filter). A relation speaks of a few companies many times, so their names are looked up once each, here, and not for every row.
 */
export const COUNTS = sql`
  select json_agg(json_build_array(c.of, c.value, listed.name, c.told, c.wanted, c.other, c.total, c.on_time, c.late, c.unknown, c.cancelled,
    c.any_on_time, c.any_late, c.any_unknown, c.any_cancelled))
  from (
    select grouping(worker_type, agency_number, user_key) as of, coalesce(worker_type, agency_number, user_key) as value, min(user_name) as told,
      count(*) filter (where wanted) as wanted, count(*) filter (where not wanted) as other, count(*) filter (where hit) as total,
      count(*) filter (where hit and not cancelled and verdict = 'onTime') as on_time,
      count(*) filter (where hit and not cancelled and verdict = 'late') as late,
      count(*) filter (where hit and not cancelled and verdict = 'unknown') as unknown,
      count(*) filter (where hit and cancelled) as cancelled,
      count(*) filter (where wanted and verdict = 'onTime') as any_on_time, count(*) filter (where wanted and verdict = 'late') as any_late,
      count(*) filter (where wanted and verdict = 'unknown') as any_unknown, count(*) filter (where wanted and cancelled) as any_cancelled
    from mine group by grouping sets ((worker_type), (agency_number), (user_key), ())) c
  left join enterprises listed on c.of in (5, 6) and listed.enterprise_number = c.value`;

/** What a line of the counts is about: `grouping` sets a bit for every column that the line is not grouped by. */
const OF = { type: 3, agency: 5, user: 6, all: 7 };

type Count = [
  of: number,
  value: string | null,
  listed: string | null,
  told: string | null,
  wanted: number,
  other: number,
  total: number,
  onTime: number,
  late: number,
  unknown: number,
  cancelled: number,
  anyOnTime: number,
  anyLate: number,
  anyUnknown: number,
  anyCancelled: number,
];
export type Counts = Count[];

/** The values that the window offers, the most frequent first, then by name; of verdicts all, as many as choosing one finds. */
export function choicesOf(counts: Counts): Choices {
  const offered = (of: number, labelOf: (count: Count) => string | null): Facet[] =>
    counts
      .filter((count) => count[0] === of && count[1] !== null && count[4] > 0)
      .map((count) => ({ value: String(count[1]), label: labelOf(count), count: count[4] }))
      .sort((a, b) => b.count - a.count || ((a.label ?? a.value) < (b.label ?? b.value) ? -1 : 1));
  const all = counts.find(([of]) => of === OF.all);
  return {
    type: offered(OF.type, () => null),
    agency: offered(OF.agency, ([, , listed]) => listed),
    user: offered(OF.user, ([, , listed, told]) => listed ?? told),
    verdict: VERDICTS.map((value, i) => ({ value, label: null, count: Number(all?.[11 + i] ?? 0) })),
  };
}

/** How many relations the filter finds, in all and by what their mark says; declarations of the other sector beside them. */
export function totalsOf(counts: Counts): { total: number; other: number; marks: ListResult['marks'] } {
  const all = counts.find(([of]) => of === OF.all);
  if (!all) throw new Error('the counts always have a line about all');
  const [, , , , , other, total, onTime, late, unknown, cancelled] = all;
  return { total, other, marks: { onTime, late, unknown, cancelled } };
}

/** The directory's names of the window's companies, by number. */
export function namesOf(counts: Counts): Map<string, string> {
  return new Map(counts.flatMap(([, value, listed]) => (value !== null && listed !== null ? [[value, listed]] : [])));
}
