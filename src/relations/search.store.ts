import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import type { PersonScope } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import { COUNTS, type Counts, choicesOf, namesOf, totalsOf } from './counts.store.ts';
import { ALL, CHOSEN, PAGE, parametersOf, WINDOW } from './filter.store.ts';
import type { Filter, Sort } from './filter.ts';
import type { Choices, ListResult, ListRow } from './found.ts';
import type { StoredWarning, Verdict } from './relation.ts';

/** Searches within one worker's relations: always one prepared statement an order, whatever the filter. */

/** A company's name in the directory. */
function listed(number: string): string {
  return `(select name from enterprises where enterprise_number = ${number})`;
}

const ORDER: Record<Sort, string> = {
  start: 'start_date DIR, start_hour DIR nulls last, period_id DIR',
  end: 'end_date DIR nulls last, end_hour DIR nulls last, period_id DIR',
  agency: `${listed('agency_number')} collate "und-x-icu" DIR nulls last, start_date desc, period_id desc`,
  user: `coalesce(${listed('user_number')}, user_name) collate "und-x-icu" DIR nulls last, start_date desc, period_id desc`,
  type: 'worker_type DIR, start_date desc, period_id desc',
  verdict:
    "case when cancelled then 3 when verdict = 'late' then 0 when verdict = 'unknown' then 1 else 2 end DIR, start_date desc, period_id desc",
};

export function orderOf(sort: Sort, dir: 'asc' | 'desc'): RawBuilder<unknown> {
  return sql.raw(ORDER[sort].replaceAll('DIR', dir));
}

interface Found {
  counts: Counts | null;
  period_id: string | null;
  start_date: string;
  start_hour: string | null;
  end_date: string | null;
  end_hour: string | null;
  agency_number: string;
  user_key: string | null;
  user_name: string | null;
  user_number: string | null;
  worker_type: string;
  verdict: Verdict;
  cancelled: boolean;
  warnings: StoredWarning[];
}

export function searchStore(db: Database) {
  const counted = sql<{ total: number }>`
    with mine as materialized (${WINDOW})
    select count(*)::int as total from mine where ${CHOSEN} and ${ALL}`.compile(db.read);
  const chosen = sql<{ counts: Counts }>`
    with mine as materialized (select w.*, ${CHOSEN} as hit from (${WINDOW}) w)
    select (${COUNTS}) as counts where ${ALL}`.compile(db.read);
  const compiled = new Map<string, CompiledQuery<Found>>();
  const listQuery = (sort: Sort, dir: 'asc' | 'desc') => {
    const key = `${sort} ${dir}`;
    const known = compiled.get(key);
    if (known) return known;
    const order = orderOf(sort, dir);
    const query = sql<Found>`
      with mine as materialized (select w.*, ${CHOSEN} as hit from (${WINDOW}) w),
      page as (
        select *, row_number() over (order by ${order}) as place
        from (select * from mine where hit order by ${order} ${PAGE}) p)
      select case when place is null or place = 1 then f.counts end as counts, page.*
      from (select (${COUNTS}) as counts) f left join page on true order by place`.compile(db.read);
    compiled.set(key, query);
    return query;
  };

  return {
    /** How many relations the filter finds, whatever the page. */
    async count(scope: PersonScope, filter: Filter, today: string): Promise<number> {
      const [row] = await db.rows(counted, parametersOf(scope, { ...filter, pageSize: 'all' }, today));
      return row?.total ?? 0;
    },

    /** The values that the filter's window offers, with how many relations carry each. */
    async choices(scope: PersonScope, filter: Filter, today: string): Promise<Choices> {
      const [row] = await db.rows(chosen, parametersOf(scope, { ...filter, pageSize: 'all' }, today));
      return choicesOf(countsIn(row));
    },

    /** A page of the list with its counts, in one statement. `today` places the window. */
    async list(scope: PersonScope, filter: Filter, today: string): Promise<ListResult> {
      const found = await db.rows(listQuery(filter.sort, filter.dir), parametersOf(scope, filter, today));
      const counts = countsIn(found[0]);
      const { total, other, marks } = totalsOf(counts);
      const names = namesOf(counts);
      return {
        rows: found.flatMap((row) => (row.period_id === null ? [] : [listRow(row, row.period_id, names)])),
        total,
        facets: choicesOf(counts),
        marks,
        otherSectorCount: filter.sector === 'temp' ? other : 0,
      };
    },
  };
}

/** They stand in the first line, whatever was found. */
function countsIn(row: { counts: Counts | null } | undefined): Counts {
  if (!row?.counts) throw new Error('a search always counts');
  return row.counts;
}

function listRow(row: Found, periodId: string, names: Map<string, string>): ListRow {
  const userName = names.get(row.user_number ?? '') ?? row.user_name;
  const isUnknown = row.user_number !== null && userName === null;
  return {
    periodId,
    startDate: row.start_date,
    startHour: row.start_hour,
    endDate: row.end_date,
    endHour: row.end_hour,
    agencyNumber: row.agency_number,
    agencyName: names.get(row.agency_number) ?? null,
    userKey: row.user_key,
    userName,
    userNumber: row.user_number,
    workerType: row.worker_type,
    verdict: row.verdict,
    cancelled: row.cancelled,
    warnings: isUnknown ? [...row.warnings, 'userCompanyUnknown'] : row.warnings,
  };
}

export type SearchStore = ReturnType<typeof searchStore>;
