import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { AgencyScope } from '../identity/visitor.ts';
import { LAST_DAY, type Tables } from '../platform/tables.ts';
import { APART, RECEIPT } from './ledger.ts';
import type { DeclaredRow, PeriodRow, RelationRow, RestPage, Search } from './rest.ts';

const NAMED = sql`w.insz as insz, w.given_name, w.family_name, w.birth_date`;
const DECLARED = sql`d.seq, d.declaration_id, d.kind, d.period_id, d.result, d.anomalies, d.content, coalesce(w.insz, d.insz) as insz,
  w.given_name, w.family_name, w.birth_date`;
const AT = sql.raw(RECEIPT);
const WHOSE = sql`left join worker_numbers n on n.insz = d.insz left join workers w on w.worker_id = n.worker_id`;

/** Of a search only what it names becomes a condition: beside "absent, or equal" no index serves, and an agency's every row would be read. */
function narrowed(...conditions: (RawBuilder<unknown> | null | undefined | false | '')[]): RawBuilder<unknown> {
  return sql.join([sql`true`, ...conditions.filter((condition) => !!condition)], sql` and `);
}
const workerOf = (ssin: string) => sql`(select worker_id from worker_numbers where insz = ${ssin})`;
/** An agency's declarations for a worker: what has a period is found by his periods, the others by his numbers. */
const declaredFor = (ssin: string, { agencyNumber }: AgencyScope) => sql`(
  select d.* from relations r join declarations d on d.period_id = r.period_id and not ${sql.raw(APART)}
  where r.agency_number = ${agencyNumber} and r.worker_id = ${workerOf(ssin)}
  union all select d.* from declarations d where d.agency_number = ${agencyNumber} and ${sql.raw(APART)}
    and d.insz = any(array(select insz from worker_numbers where worker_id = ${workerOf(ssin)})))`;
/** Periods `r` of a search that touch its days. */
const ofPeriods = ({ worker, startDate, endDate }: Search) => [
  worker && sql`r.worker_id = ${workerOf(worker.ssin)}`,
  startDate && sql`${sql.raw(LAST_DAY)} >= ${startDate}::date`,
  endDate && sql`r.start_date <= ${endDate}::date`,
];

/** What an agency declared, for its own services. Every read takes its scope; another's is not found. In the transaction of the access row. */
export const restStore = {
  async declaration(tx: Transaction<Tables>, scope: AgencyScope, id: string): Promise<DeclaredRow | null> {
    const { rows } = await sql<DeclaredRow>`
      select ${DECLARED} from declarations d ${WHOSE}
      where d.declaration_id = ${id} and d.agency_number = ${scope.agencyNumber}`.execute(tx);
    return rows[0] ?? null;
  },

  /** The newest receipt first, history without a receipt last. */
  async declarations(
    tx: Transaction<Tables>,
    scope: AgencyScope,
    search: Search,
    page: RestPage,
  ): Promise<DeclaredRow[]> {
    const { worker, periodId, startDate, endDate } = search;
    const asked = narrowed(
      page.after &&
        sql`(${AT}, d.seq) < ((select ${AT} from declarations d where d.seq = ${page.after}::bigint
          and d.agency_number = ${scope.agencyNumber}), ${page.after}::bigint)`,
      periodId !== undefined && sql`d.period_id = ${periodId}`,
      startDate && sql`coalesce(d.content ->> 'endDate', '9999-12-31') >= ${startDate}`,
      endDate && sql`coalesce(d.content ->> 'startDate', '0001-01-01') <= ${endDate}`,
    );
    const { rows } = await sql<DeclaredRow>`
      select ${DECLARED} from ${worker ? declaredFor(worker.ssin, scope) : sql`declarations`} d ${WHOSE}
      where d.agency_number = ${scope.agencyNumber} and ${asked}
      order by ${AT} desc, d.seq desc limit ${page.size}::int`.execute(tx);
    return rows;
  },

  async period(tx: Transaction<Tables>, scope: AgencyScope, id: string): Promise<PeriodRow | null> {
    const { rows } = await sql<PeriodRow>`
      select r.*, ${NAMED} from relations r join workers w using (worker_id)
      where r.period_id = ${id} and r.agency_number = ${scope.agencyNumber}`.execute(tx);
    return rows[0] ?? null;
  },

  /** Those that start last first. */
  async periods(tx: Transaction<Tables>, scope: AgencyScope, search: Search, page: RestPage): Promise<PeriodRow[]> {
    const [day, id] = page.after?.split('|') ?? [];
    const asked = narrowed(
      day && id && sql`(r.start_date, r.period_id) < (${day}::date, ${id}::text)`,
      search.periodId !== undefined && sql`r.period_id = ${search.periodId}`,
      ...ofPeriods(search),
    );
    const { rows } = await sql<PeriodRow>`
      select r.*, ${NAMED} from relations r join workers w using (worker_id)
      where r.agency_number = ${scope.agencyNumber} and ${asked}
      order by r.start_date desc, r.period_id desc limit ${page.size}::int`.execute(tx);
    return rows;
  },

  /** A worker each, with the first and the last day that the agency declared for him, cancelled periods apart. */
  async relations(tx: Transaction<Tables>, scope: AgencyScope, search: Search, page: RestPage): Promise<RelationRow[]> {
    const asked = narrowed(page.after && sql`r.worker_id > ${page.after}::bigint`, ...ofPeriods(search));
    const { rows } = await sql<RelationRow>`
      select g.*, ${NAMED} from (
        select r.worker_id, min(r.start_date) as start_date,
          case when bool_or(r.end_date is null) then null else max(r.end_date) end as end_date
        from relations r
        where r.agency_number = ${scope.agencyNumber} and not r.cancelled and ${asked}
        group by r.worker_id order by r.worker_id limit ${page.size}::int) g
      join workers w using (worker_id) order by g.worker_id`.execute(tx);
    return rows;
  },
};
