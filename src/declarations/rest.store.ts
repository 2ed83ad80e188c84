import { sql, type Transaction } from 'kysely';
import type { AgencyScope } from '../identity/visitor.ts';
import type { Tables } from '../platform/tables.ts';
import { RECEIPT } from './ledger.ts';
import type { DeclaredRow, PeriodRow, RelationRow, RestPage, Search } from './rest.ts';

const NAMED = sql`w.insz as insz, w.given_name, w.family_name, w.birth_date`;
const DECLARED = sql`d.seq, d.declaration_id, d.kind, d.period_id, d.result, d.anomalies, d.content, coalesce(w.insz, d.insz) as insz,
  w.given_name, w.family_name, w.birth_date`;
const AT = sql.raw(RECEIPT);
const WHOSE = sql`left join worker_numbers n on n.insz = d.insz left join workers w on w.worker_id = n.worker_id`;

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
    const isBehind = page.after
      ? sql`(${AT}, d.seq) < ((select ${AT} from declarations d where d.seq = ${page.after}::bigint
          and d.agency_number = ${scope.agencyNumber}), ${page.after}::bigint)`
      : sql`true`;
    const { rows } = await sql<DeclaredRow>`
      select ${DECLARED} from declarations d ${WHOSE}
      where d.agency_number = ${scope.agencyNumber} and ${isBehind}
        and (${search.worker?.ssin ?? null}::text is null or w.worker_id = (select worker_id from worker_numbers where insz = ${search.worker?.ssin ?? null}))
        and (${search.periodId ?? null}::text is null or d.period_id = ${search.periodId ?? null})
        and (${search.startDate ?? null}::text is null or coalesce(d.content ->> 'endDate', '9999-12-31') >= ${search.startDate ?? null})
        and (${search.endDate ?? null}::text is null or coalesce(d.content ->> 'startDate', '0001-01-01') <= ${search.endDate ?? null})
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
    const isBehind = day && id ? sql`(r.start_date, r.period_id) < (${day}::date, ${id}::text)` : sql`true`;
    const { rows } = await sql<PeriodRow>`
      select r.*, ${NAMED} from relations r join workers w using (worker_id)
      where r.agency_number = ${scope.agencyNumber} and ${isBehind}
        and (${search.worker?.ssin ?? null}::text is null or r.worker_id = (select worker_id from worker_numbers where insz = ${search.worker?.ssin ?? null}))
        and (${search.periodId ?? null}::text is null or r.period_id = ${search.periodId ?? null})
        and (${search.startDate ?? null}::date is null or coalesce(r.end_date, date '9999-12-31') >= ${search.startDate ?? null}::date)
        and (${search.endDate ?? null}::date is null or r.start_date <= ${search.endDate ?? null}::date)
      order by r.start_date desc, r.period_id desc limit ${page.size}::int`.execute(tx);
    return rows;
  },

  /** A worker each, with the first and the last day that the agency declared for him, cancelled periods apart. */
  async relations(tx: Transaction<Tables>, scope: AgencyScope, search: Search, page: RestPage): Promise<RelationRow[]> {
    const isBehind = page.after ? sql`r.worker_id > ${page.after}::bigint` : sql`true`;
    const { rows } = await sql<RelationRow>`
      select g.*, ${NAMED} from (
        select r.worker_id, min(r.start_date) as start_date,
          case when bool_or(r.end_date is null) then null else max(r.end_date) end as end_date
        from relations r
        where r.agency_number = ${scope.agencyNumber} and not r.cancelled and ${isBehind}
          and (${search.worker?.ssin ?? null}::text is null or r.worker_id = (select worker_id from worker_numbers where insz = ${search.worker?.ssin ?? null}))
          and (${search.startDate ?? null}::date is null or coalesce(r.end_date, date '9999-12-31') >= ${search.startDate ?? null}::date)
          and (${search.endDate ?? null}::date is null or r.start_date <= ${search.endDate ?? null}::date)
        group by r.worker_id order by r.worker_id limit ${page.size}::int) g
      join workers w using (worker_id) order by g.worker_id`.execute(tx);
    return rows;
  },
};
