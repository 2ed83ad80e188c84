import { type CompiledQuery, type RawBuilder, type Selectable, sql, type Transaction } from 'kysely';
import { acceptedFrom, type LedgerRow } from '../declarations/ledger.ts';
import type { AgencyScope, PersonScope } from '../identity/visitor.ts';
import { instantOfJson } from '../platform/db.records.ts';
import type { Database } from '../platform/db.ts';
import type { RelationsTable, Tables } from '../platform/tables.ts';
import { ALL, CHOSEN, PAGE, PLACED_WINDOW, parametersOf, WINDOW } from './filter.store.ts';
import type { Filter, Sort } from './filter.ts';
import { timelineOf } from './fold.ts';
import type { CalendarRow } from './found.ts';
import { stateOf } from './projection.store.ts';
import type { WorkRelation } from './relation.ts';
import { orderOf } from './search.store.ts';
import { statusOn } from './status.ts';

type Row = Selectable<RelationsTable> & {
  agency_name: string | null;
  nsso_number: string | null;
  company_name: string | null;
  ledger: LedgerRow[] | null;
};

/** The accepted declarations of a period, as JSON in order of receipt. Refused ones are never shown to the worker. */
const LEDGER = sql`
  (select json_agg(json_build_object('declaration_id', d.declaration_id, 'period_id', d.period_id, 'kind', d.kind,
      'received_at', d.received_at, 'result', d.result, 'anomalies', d.anomalies, 'agency_number', d.agency_number, 'content', d.content)
      order by d.seq)
    from declarations d where d.period_id = r.period_id and d.result <> 'B') as ledger`;

const WHOLE = sql`
  r.*, a.name as agency_name, a.nsso_number, coalesce(u.name, r.user_name) as company_name`;

const JOINS = sql`
  left join enterprises a on a.enterprise_number = r.agency_number
  left join enterprises u on u.enterprise_number = r.user_number`;

export function relationsStore(db: Database) {
  const compile = <R>(query: RawBuilder<R>): CompiledQuery<R> => query.compile(db.read);
  const one = compile(
    sql<Row>`select ${WHOLE}, ${LEDGER} from relations r ${JOINS} where r.worker_id = $1::bigint and r.period_id = $2`,
  );
  const between = compile(sql<Row>`
    select ${WHOLE}, null as ledger from relations r ${JOINS}
    where r.worker_id = $1::bigint and r.joint_committee = '322' and r.start_date <= $3::date and r.end_date >= $2::date
    order by r.start_date, r.start_hour nulls first, r.period_id`);
  const calendar = compile(sql<Row>`
    with mine as materialized (${WINDOW})
    select r.*, a.name as agency_name, coalesce(u.name, r.user_name) as company_name from mine r ${JOINS}
    where ${CHOSEN} and ${ALL} order by start_date, start_hour nulls first, period_id`);
  const changed = compile(sql<Row>`
    select ${WHOLE}, ${LEDGER} from relations r ${JOINS}
    where r.worker_id = $1::bigint and r.joint_committee = '322' and exists (
      select from declarations d where d.period_id = r.period_id and d.result <> 'B' and d.received_at > $2::timestamptz)
    order by r.start_date desc, r.period_id desc limit 50`);
  const pages = new Map<string, CompiledQuery<Row>>();
  const pageQuery = (sort: Sort, dir: 'asc' | 'desc', hasTimelines: boolean) => {
    const key = `${sort} ${dir} ${hasTimelines}`;
    const query =
      pages.get(key) ??
      compile(sql<Row>`
      with mine as materialized (${PLACED_WINDOW}),
      hits as (select *, row_number() over (order by ${orderOf(sort, dir)}) as place from mine where ${CHOSEN}),
      page as (select ctid, place from hits order by place ${PAGE})
      select ${WHOLE}, ${hasTimelines ? LEDGER : sql`null as ledger`}
      from page join relations r on r.ctid = page.ctid ${JOINS} order by place`);
    pages.set(key, query);
    return query;
  };

  async function pageOf(scope: PersonScope, filter: Filter, today: string, hasTimelines: boolean) {
    const query = pageQuery(filter.sort, filter.dir, hasTimelines);
    return (await db.rows(query, parametersOf(scope, filter, today))).map((row) => workRelation(row, today));
  }

  return {
    /** The relation with its timeline, or null when there is none in scope: of somebody else's, nothing tells that it exists. */
    async find(scope: PersonScope, periodId: string, today: string): Promise<WorkRelation | null> {
      const [row] = await db.rows(one, [scope.workerId, periodId]);
      return row ? workRelation(row, today) : null;
    },

    /** The same for an agency's own, in the transaction that writes down who looked. */
    async ofAgency(
      scope: AgencyScope,
      tx: Transaction<Tables>,
      periodId: string,
      today: string,
    ): Promise<WorkRelation | null> {
      const { rows } = await sql<Row>`select ${WHOLE}, ${LEDGER} from relations r ${JOINS}
        where r.agency_number = ${scope.agencyNumber} and r.period_id = ${periodId}`.execute(tx);
      return rows[0] ? workRelation(rows[0], today) : null;
    },

    /** Relations that touch the days from..to (inclusive), by day, without timelines. */
    async between(scope: PersonScope, from: string, to: string, today: string): Promise<WorkRelation[]> {
      return (await db.rows(between, [scope.workerId, from, to])).map((row) => workRelation(row, today));
    },

    /** The rows a calendar draws: every row of the filter, by day. */
    async calendar(scope: PersonScope, filter: Filter, today: string): Promise<CalendarRow[]> {
      const rows = await db.rows(calendar, parametersOf(scope, { ...filter, pageSize: 'all' }, today));
      return rows.map(calendarRow);
    },

    /** A page of the filter's relations, with timelines. */
    whole: (scope: PersonScope, filter: Filter, today: string) => pageOf(scope, filter, today, true),

    /** The same without: the ledger is not read for what shows nothing of it. */
    brief: (scope: PersonScope, filter: Filter, today: string) => pageOf(scope, filter, today, false),

    /** Relations with a declaration received after an instant, the 50 that start last. */
    async changedSince(scope: PersonScope, instant: string, today: string): Promise<WorkRelation[]> {
      return (await db.rows(changed, [scope.workerId, instant])).map((row) => workRelation(row, today));
    },
  };
}

export type RelationsStore = ReturnType<typeof relationsStore>;

function workRelation(row: Row, today: string): WorkRelation {
  const state = stateOf(row);
  const accepted = (row.ledger ?? []).map((entry) =>
    acceptedFrom({ ...entry, received_at: instantOfJson(entry.received_at) }),
  );
  const isUnknown = state.userNumber !== null && row.company_name === null;
  return {
    ...state,
    agencyName: row.agency_name,
    agencyNssoNumber: row.nsso_number?.padStart(9, '0') ?? null,
    userCompanyName: row.company_name,
    status: statusOn(state, today),
    allWarnings: isUnknown ? [...state.warnings, 'userCompanyUnknown'] : state.warnings,
    timeline: timelineOf(accepted),
  };
}

function calendarRow(row: Row): CalendarRow {
  return {
    periodId: row.period_id,
    startDate: row.start_date,
    endDate: row.end_date,
    hours: row.start_hour === null ? null : { start: row.start_hour, end: row.end_hour },
    agencyNumber: row.agency_number,
    agencyName: row.agency_name,
    userKey: row.user_key,
    userName: row.company_name,
    userNumber: row.user_number,
    verdict: row.verdict,
    cancelled: row.cancelled,
    warnings: row.warnings,
    workerType: row.worker_type,
  };
}
