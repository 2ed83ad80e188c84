import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import type { Scope } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import { type Filter, range, type Sort } from './filter.ts';
import type { Choices, Facet, ListResult, ListRow } from './found.ts';
import type { Verdict, Warning } from './relation.ts';

/**
 * Searches within one worker's relations: always one prepared statement, whatever the filter. Its parameters, in order: worker, first and last
 * day of the window, sector, types, agencies, users, verdicts (null: any), whether cancelled ones are chosen beside them, limit, offset.
 */
type Parameters = readonly [
  worker: string,
  from: string,
  to: string,
  temp: boolean,
  types: string[] | null,
  agencies: string[] | null,
  users: string[] | null,
  verdicts: string[] | null,
  cancelled: boolean,
  limit: number | null,
  offset: number,
];

const PAGE = 25;

export function parametersOf(scope: Scope, filter: Filter, today: string): Parameters {
  const { from, to } = range(filter, today);
  const chosen = (values: string[]) => (values.length > 0 ? values : null);
  const verdicts = filter.verdict.filter((verdict) => verdict !== 'cancelled');
  const all = filter.pageSize === 'all';
  return [
    scope.workerId,
    from ?? '0001-01-01',
    to ?? '9999-12-31',
    filter.sector === 'temp',
    chosen(filter.type),
    chosen(filter.agency),
    chosen(filter.user),
    filter.verdict.length > 0 ? verdicts : null,
    filter.verdict.includes('cancelled'),
    all ? null : PAGE,
    all ? 0 : (filter.page - 1) * PAGE,
  ];
}

/** The window's rows, both sectors, with the names of the directory: what counts and filters work on. */
const WINDOW = sql`
  select r.period_id, r.start_date, r.start_hour, r.end_date, r.end_hour, r.agency_number, a.name as agency_name,
    r.user_key, coalesce(u.name, r.user_name) as user_name, r.user_number, r.worker_type, r.verdict, r.cancelled,
    case when r.user_number is not null and u.name is null then r.warnings || '{userCompanyUnknown}'::text[] else r.warnings end as warnings,
    (r.joint_committee = '322') = $4::boolean as wanted
  from relations r
  left join enterprises a on a.enterprise_number = r.agency_number
  left join enterprises u on u.enterprise_number = r.user_number
  where r.worker_id = $1::bigint and r.start_date <= $3::date and (r.end_date >= $2::date or r.end_date is null)`;

const CHOSEN = sql`
  wanted
  and ($5::text[] is null or worker_type = any($5)) and ($6::text[] is null or agency_number = any($6))
  and ($7::text[] is null or user_key = any($7)) and ($8::text[] is null or verdict = any($8) or ($9::boolean and cancelled))`;

const ORDER: Record<Sort, string> = {
  start: 'start_date DIR, start_hour DIR nulls last, period_id DIR',
  end: 'end_date DIR nulls last, end_hour DIR nulls last, period_id DIR',
  agency: 'agency_name collate "und-x-icu" DIR nulls last, start_date desc, period_id desc',
  user: 'user_name collate "und-x-icu" DIR nulls last, start_date desc, period_id desc',
  type: 'worker_type DIR, start_date desc, period_id desc',
  verdict:
    "case when cancelled then 3 when verdict = 'late' then 0 when verdict = 'unknown' then 1 else 2 end DIR, start_date desc, period_id desc",
};

export function orderOf(sort: Sort, dir: 'asc' | 'desc'): RawBuilder<unknown> {
  return sql.raw(ORDER[sort].replaceAll('DIR', dir));
}

const FACETS = sql`
  select json_build_object(
    'type', (select json_agg(f) from (select worker_type as value, null as label, count(*)::int from mine where wanted group by 1 order by 3 desc, 1) f),
    'agency', (select json_agg(f) from (select agency_number as value, min(agency_name) as label, count(*)::int from mine where wanted group by 1 order by 3 desc, 2) f),
    'user', (select json_agg(f) from (select user_key as value, min(coalesce(user_name, user_number)) as label, count(*)::int from mine where wanted and user_key is not null group by 1 order by 3 desc, 2) f),
    'other', (select count(*)::int from mine where not wanted),
    'total', count(*)::int,
    'onTime', count(*) filter (where not cancelled and verdict = 'onTime')::int,
    'late', count(*) filter (where not cancelled and verdict = 'late')::int,
    'unknown', count(*) filter (where not cancelled and verdict = 'unknown')::int,
    'cancelled', count(*) filter (where cancelled)::int) as facets
  from hits`;

interface Found {
  facets: FacetsJson;
  period_id: string | null;
  start_date: string;
  start_hour: string | null;
  end_date: string | null;
  end_hour: string | null;
  agency_number: string;
  agency_name: string | null;
  user_key: string | null;
  user_name: string | null;
  user_number: string | null;
  worker_type: string;
  verdict: Verdict;
  cancelled: boolean;
  warnings: Warning[];
}

interface FacetsJson extends Record<Verdict | 'cancelled' | 'total' | 'other', number> {
  type: Facet[] | null;
  agency: Facet[] | null;
  user: Facet[] | null;
}

export function searchStore(db: Database) {
  const counted = sql<{ total: number }>`
    with mine as materialized (${WINDOW})
    select count(*)::int as total from mine where ${CHOSEN} and $10::int is null and $11::int = 0`.compile(db.read);
  const chosen = sql<{ facets: FacetsJson }>`
    with mine as materialized (${WINDOW}), hits as materialized (select * from mine where ${CHOSEN} and $10::int is null and $11::int = 0) ${FACETS}`.compile(
    db.read,
  );
  const compiled = new Map<string, CompiledQuery<Found>>();
  const listQuery = (sort: Sort, dir: 'asc' | 'desc') => {
    const key = `${sort} ${dir}`;
    const known = compiled.get(key);
    if (known) return known;
    const query = sql<Found>`
      with mine as materialized (${WINDOW}), hits as materialized (select * from mine where ${CHOSEN}),
      page as (select *, row_number() over (order by ${orderOf(sort, dir)}) as place from hits order by place limit $10::int offset $11::int)
      select f.facets, page.* from (${FACETS}) f left join page on true order by place`.compile(db.read);
    compiled.set(key, query);
    return query;
  };

  return {
    /** How many relations the filter finds, whatever the page. */
    async count(scope: Scope, filter: Filter, today: string): Promise<number> {
      const [row] = await db.rows(counted, parametersOf(scope, { ...filter, pageSize: 'all' }, today));
      return row?.total ?? 0;
    },

    /** The values that the filter's window offers, with how many relations carry each. */
    async choices(scope: Scope, filter: Filter, today: string): Promise<Choices> {
      const [row] = await db.rows(chosen, parametersOf(scope, { ...filter, pageSize: 'all' }, today));
      return { type: row?.facets.type ?? [], agency: row?.facets.agency ?? [], user: row?.facets.user ?? [] };
    },

    /** A page of the list with its counts, in one statement. `today` places the window. */
    async list(scope: Scope, filter: Filter, today: string): Promise<ListResult> {
      const found = await db.rows(listQuery(filter.sort, filter.dir), parametersOf(scope, filter, today));
      const facets = found[0]?.facets;
      if (!facets) throw new Error('the list statement always gives one row of counts');
      const { type, agency, user, total, other, ...verdict } = facets;
      return {
        rows: found.flatMap((row) => (row.period_id === null ? [] : [listRow(row, row.period_id)])),
        total,
        facets: { type: type ?? [], agency: agency ?? [], user: user ?? [], verdict },
        otherSectorCount: filter.sector === 'temp' ? other : 0,
      };
    },
  };
}

function listRow(row: Found, periodId: string): ListRow {
  return {
    periodId,
    startDate: row.start_date,
    startHour: row.start_hour,
    endDate: row.end_date,
    endHour: row.end_hour,
    agencyNumber: row.agency_number,
    agencyName: row.agency_name,
    userKey: row.user_key,
    userName: row.user_name,
    userNumber: row.user_number,
    workerType: row.worker_type,
    verdict: row.verdict,
    cancelled: row.cancelled,
    warnings: row.warnings,
  };
}

export const SEARCH = { window: WINDOW, chosen: CHOSEN };
export type SearchStore = ReturnType<typeof searchStore>;
