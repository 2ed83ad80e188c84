import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Declaration } from '../declarations/declaration.ts';
import type { AgencyScope } from '../identity/visitor.ts';
import type { Tables } from '../platform/tables.ts';
import { COUNTED, type DeskDeclaration, type DeskRow, type OfSamePeriod, PAGE } from './declarations.ts';
import { foundBy, type Way, wayOf } from './filter.store.ts';
import type { DeskFilter } from './filter.ts';

/** The declarations of one agency, as its desk shows them. */

/** A row with what may be told of its person: of somebody whom only another agency declared, no more than was sent here. */
const ROW = sql`
  d.seq, d.declaration_id, d.kind, d.result, d.received_at, d.anomalies, d.period_id, d.content, d.channel, d.sender,
  case when r.period_id is not null then coalesce(d.insz, w.insz) else d.content #>> '{worker,insz}' end as insz,
  w.worker_id, w.given_name, w.family_name, r.worker_type, r.start_date, r.start_hour, r.end_date, r.end_hour,
  case when r.period_id is null then d.content #>> '{userCompany,enterpriseNumber}' else r.user_number end as user_number,
  r.user_key, coalesce(u.name, r.user_name, d.content #>> '{userCompany,name}') as user_name,
  v.at as verified_at, concat_ws(' ', vw.given_name, vw.family_name) as verified_by`;

const JOINED = sql`
  left join relations r on r.period_id = d.period_id and r.agency_number = d.agency_number and (d.kind <> 'IN' or d.result <> 'B')
  left join worker_numbers n on n.insz = case when r.period_id is null then d.content #>> '{worker,insz}' end and exists (
    select from relations o where o.worker_id = n.worker_id and o.agency_number = d.agency_number)
  left join workers w on w.worker_id = coalesce(r.worker_id, n.worker_id)
  left join enterprises u on u.enterprise_number =
    case when r.period_id is null then d.content #>> '{userCompany,enterpriseNumber}' else r.user_number end
  left join verifications v on v.declaration_seq = d.seq and v.undone_at is null
  left join workers vw on vw.worker_id = v.worker_id`;

interface Found {
  seq: string;
  declaration_id: string;
  kind: DeskRow['kind'];
  result: DeskRow['result'];
  received_at: string | null;
  anomalies: string[];
  period_id: string | null;
  content: Omit<Declaration, 'kind' | 'receivedAt' | 'declarationId' | 'periodId'>;
  channel: DeskDeclaration['channel'];
  sender: string | null;
  insz: string | null;
  worker_id: string | null;
  given_name: string | null;
  family_name: string | null;
  worker_type: string | null;
  start_date: string | null;
  start_hour: string | null;
  end_date: string | null;
  end_hour: string | null;
  user_number: string | null;
  user_key: string | null;
  user_name: string | null;
  verified_at: string | null;
  verified_by: string;
}

async function rowsOf(tx: Transaction<Tables>, found: RawBuilder<unknown>): Promise<DeskRow[]> {
  const { rows } = await sql<Found>`
    with page as materialized (${found})
    select ${ROW} from page join declarations d on d.ctid = page.ctid ${JOINED} order by page.at desc, page.seq desc`.execute(
    tx,
  );
  return rows.map(deskRow);
}

async function counted(
  scope: AgencyScope,
  tx: Transaction<Tables>,
  filter: DeskFilter,
  today: string,
  way: Way,
): Promise<number> {
  const how = { ...way, limit: COUNTED + 1, inOrder: false };
  const found = foundBy(scope, { ...filter, after: null }, today, how);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (${found}) found`.execute(tx);
  return rows[0]?.n ?? 0;
}

export const declarationsStore = {
  /** A page of the table, whether it is the last, and `count` of the filter. */
  async page(
    scope: AgencyScope,
    tx: Transaction<Tables>,
    filter: DeskFilter,
    today: string,
  ): Promise<{ rows: DeskRow[]; isLast: boolean; total: number }> {
    const way = await wayOf(scope, tx, filter);
    const rows = await rowsOf(tx, foundBy(scope, filter, today, { ...way, limit: PAGE + 1, inOrder: true }));
    return {
      rows: rows.slice(0, PAGE),
      isLast: rows.length <= PAGE,
      total: await counted(scope, tx, filter, today, way),
    };
  },

  /** Every row of the filter, newest first, up to a bound. */
  async all(
    scope: AgencyScope,
    tx: Transaction<Tables>,
    filter: DeskFilter,
    today: string,
    most: number,
  ): Promise<DeskRow[]> {
    const way = await wayOf(scope, tx, filter);
    return rowsOf(tx, foundBy(scope, { ...filter, after: null }, today, { ...way, limit: most, inOrder: true }));
  },

  /** How many the filter finds, whatever the page; counted no further than one beyond COUNTED. */
  async count(scope: AgencyScope, tx: Transaction<Tables>, filter: DeskFilter, today: string): Promise<number> {
    return counted(scope, tx, filter, today, await wayOf(scope, tx, filter));
  },

  /** One declaration, or null: of another agency nothing tells that it exists. */
  async find(scope: AgencyScope, tx: Transaction<Tables>, declarationId: string): Promise<DeskDeclaration | null> {
    const { rows } = await sql<Found & { sender_name: string | null }>`
      select ${ROW}, nullif(concat_ws(' ', sw.given_name, sw.family_name), '') as sender_name
      from declarations d ${JOINED}
      left join workers sw on sw.worker_id = case when d.sender ~ '^staff:[0-9]{1,18}$' then substr(d.sender, 7)::bigint end
      where d.declaration_id = ${declarationId} and d.agency_number = ${scope.agencyNumber}`.execute(tx);
    const [row] = rows;
    if (!row) return null;
    const { received_at: receivedAt, declaration_id, kind } = row;
    const sent: Declaration = { ...row.content, kind, declarationId: declaration_id, receivedAt };
    if (row.period_id !== null) sent.periodId = row.period_id;
    return { ...deskRow(row), sent, channel: row.channel, sender: row.sender, senderName: row.sender_name };
  },

  /** What the agency declared of a period, refused ones too, in order of receipt. */
  async ofPeriod(scope: AgencyScope, tx: Transaction<Tables>, periodId: string): Promise<OfSamePeriod[]> {
    const { rows } = await sql<OfSamePeriod>`
      select declaration_id as "declarationId", kind, result, received_at as "receivedAt", anomalies from (
        select * from declarations where period_id = ${periodId} and agency_number = ${scope.agencyNumber} and result <> 'B'
        union all
        select * from declarations where period_id = ${periodId} and agency_number = ${scope.agencyNumber} and result = 'B') d
      order by seq limit 500`.execute(tx);
    return rows;
  },
};

function deskRow(row: Found): DeskRow {
  const { content } = row;
  const person = row.worker_id === null ? content.worker : { givenName: row.given_name, familyName: row.family_name };
  return {
    seq: row.seq,
    declarationId: row.declaration_id,
    kind: row.kind,
    result: row.result,
    receivedAt: row.received_at,
    anomalies: row.anomalies,
    periodId: row.period_id,
    person: {
      insz: row.insz,
      givenName: person?.givenName ?? null,
      familyName: person?.familyName ?? null,
      workerId: row.worker_id,
    },
    user: { key: row.user_key ?? row.user_number, number: row.user_number, name: row.user_name },
    workerType: row.worker_type ?? content.workerType ?? null,
    days: {
      startDate: content.startDate ?? row.start_date,
      startHour: content.startHour ?? row.start_hour,
      endDate: content.endDate ?? row.end_date,
      endHour: content.endHour ?? row.end_hour,
    },
    verified: row.verified_at === null ? null : { by: row.verified_by, at: row.verified_at },
  };
}
