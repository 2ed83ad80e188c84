import { sql } from 'kysely';
import { CHOICES, eachChoice, VERDICTS, type VerdictChoice } from './filter.choices.ts';
import { COLUMN, ONE_COLUMN, type OneColumn } from './filter.store.ts';
import type { Choices, Facet, ListResult } from './found.ts';
import type { Verdict } from './relation.ts';

/** What `grouping` says of a line about this field: a bit for every column that it is not grouped by, the last column's the lowest. */
export const bitsOf = (field: OneColumn) => EVERY_BIT - 2 ** (ONE_COLUMN.length - 1 - ONE_COLUMN.indexOf(field));
const EVERY_BIT = 2 ** ONE_COLUMN.length - 1;

const COLUMNS = sql.join(ONE_COLUMN.map((field) => sql.ref(COLUMN[field])));
const EACH = sql.join(ONE_COLUMN.map((field) => sql`(${sql.ref(COLUMN[field])})`));
const COMPANIES = sql.join(
  ONE_COLUMN.filter((field) => CHOICES[field].named === 'directory').map((field) => sql.lit(bitsOf(field))),
);

/**
 * What a search counts over the window `mine` (columns of `relations` with `wanted`: of the sector asked for, and `hit`: found by the filter).
 * A relation speaks of a few companies many times, so their names are looked up once each, here, and not for every row.
 */
export const COUNTS = sql`
  select json_build_object(
    'tallies', (select coalesce(json_agg(t), '[]') from (
      select wanted, hit, cancelled, verdict, count(*) as n from mine group by wanted, hit, cancelled, verdict) t),
    'offered', (select coalesce(json_agg(json_build_array(c.of, c.value, listed.name, c.told, c.n)), '[]') from (
      select grouping(${COLUMNS}) as of, coalesce(${COLUMNS}) as value, min(user_name) as told, count(*) as n
      from mine where wanted group by grouping sets (${EACH})) c
      left join enterprises listed on c.of in (${COMPANIES}) and listed.enterprise_number = c.value
      where c.value is not null))`;

/** How many rows of the window are alike in all that is summed up. */
interface Tally {
  wanted: boolean;
  hit: boolean;
  cancelled: boolean;
  verdict: Verdict;
  n: number;
}
/** Names of the directory and as declared. */
type Offered = [of: number, value: string, listed: string | null, told: string | null, n: number];
export interface Counts {
  tallies: Tally[];
  offered: Offered[];
}

/** The values that the window offers, the most frequent first, then by name; of verdicts all, as many as choosing one finds. */
export function choicesOf({ tallies, offered }: Counts): Choices {
  const carry = (value: VerdictChoice) => (t: Tally) =>
    t.wanted && (value === 'cancelled' ? t.cancelled : t.verdict === value);
  const facets = (field: OneColumn): Facet[] =>
    offered
      .filter(([of]) => of === bitsOf(field))
      .map(([, value, listed, told, count]) => ({ value, label: listed ?? (field === 'user' ? told : null), count }))
      .sort((a, b) => b.count - a.count || ((a.label ?? a.value) < (b.label ?? b.value) ? -1 : 1));
  const verdicts = VERDICTS.map((value) => ({ value, label: null, count: sum(tallies, carry(value)) }));
  return eachChoice((field) => (field === 'verdict' ? verdicts : facets(field)));
}

/** How many relations the filter finds, in all and by what their mark says; declarations of the other sector beside them. */
export function totalsOf({ tallies }: Counts): { total: number; other: number; marks: ListResult['marks'] } {
  const live = (verdict: Verdict) => sum(tallies, (t) => t.hit && !t.cancelled && t.verdict === verdict);
  return {
    total: sum(tallies, (t) => t.hit),
    other: sum(tallies, (t) => !t.wanted),
    marks: {
      onTime: live('onTime'),
      late: live('late'),
      unknown: live('unknown'),
      cancelled: sum(tallies, (t) => t.hit && t.cancelled),
    },
  };
}

function sum(tallies: Tally[], of: (tally: Tally) => boolean): number {
  return tallies.reduce((n, tally) => (of(tally) ? n + tally.n : n), 0);
}

/** The directory's names of the window's companies, by number. */
export function namesOf({ offered }: Counts): Map<string, string> {
  return new Map(offered.flatMap(([, value, listed]) => (listed === null ? [] : [[value, listed]])));
}
