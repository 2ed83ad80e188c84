import { type RawBuilder, type SqlBool, sql, type Transaction } from 'kysely';
import { APART, RECEIPT } from '../declarations/ledger.ts';
import type { AgencyScope } from '../identity/visitor.ts';
import { addDays, instantAt } from '../platform/calendar-days.ts';
import type { Tables } from '../platform/tables.ts';
import { LATE, MOST_NAMESAKES } from './declarations.ts';
import type { DeskFilter } from './filter.ts';
import { namedLike } from './people.store.ts';

/** The desk's filter in SQL: which declarations `d` of the agency it finds. */

/** The moment that orders the desk: of receipt, history without one last. */
export const AT = sql.raw<string>(RECEIPT);
const NEWEST_FIRST = sql`order by ${AT} desc, d.seq desc`;

const STANDING = sql<SqlBool>`exists (select from verifications v where v.declaration_seq = d.seq and v.undone_at is null)`;

/**
 * How a search is best done. Streamed: along the index of receipts until enough is found, for what many rows have. Gathered: all there is, then
 * sorted, for what few rows have; the planner cannot tell a rare company from a frequent one, so we look first.
 */
export interface Way {
  isGathered: boolean;
  /** The people whom `worker` or `name` means, with all their numbers; null: everybody. */
  people: { workers: string[]; inszs: string[] } | null;
}

/** So many rows are gathered in no time; what more rows have is found soon by streaming. */
const FEW = 5_000;

export async function wayOf(scope: AgencyScope, tx: Transaction<Tables>, filter: DeskFilter): Promise<Way> {
  const { worker, name, starts, type, user } = filter;
  const people =
    worker !== null
      ? sql`select worker_id, insz from worker_numbers where worker_id = ${worker}::bigint`
      : name !== null
        ? sql`select n.worker_id, n.insz from workers w join worker_numbers n on n.worker_id = w.worker_id
            where ${namedLike(scope, name)} limit ${MOST_NAMESAKES}`
        : null;
  if (people !== null) {
    const { rows } = await sql<{ worker_id: string; insz: string }>`${people}`.execute(tx);
    const workers = [...new Set(rows.map((row) => row.worker_id))];
    return { isGathered: true, people: { workers, inszs: rows.map((row) => row.insz) } };
  }
  if (starts !== null) return { isGathered: true, people: null };
  for (const narrowing of [
    ...(user.length > 0 ? [sql`user_key = any(${user}::text[])`] : []),
    ...(type.length > 0 ? [sql`worker_type = any(${type}::text[])`] : []),
  ]) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from (
      select from relations where agency_number = ${scope.agencyNumber} and ${narrowing} limit ${FEW}) few`.execute(tx);
    if ((rows[0]?.n ?? 0) < FEW) return { isGathered: true, people: null };
  }
  return { isGathered: false, people: null };
}

/**
 * The declarations that a filter finds, `seq`, moment of receipt and place on disk: in order the newest receipt first; or any at all, without their
 * place, where only their number matters, which the index alone tells. What asks for the person, the type or the user company looks at the period as
 * it stands, and for a refused IN, which has none, at what was sent.
 */
export function foundBy(
  scope: AgencyScope,
  filter: DeskFilter,
  today: string,
  how: Way & { limit: number; inOrder: boolean },
): RawBuilder<unknown> {
  const { type, user } = filter;
  const { limit, people } = how;
  const chosen = conditionsOf(scope, filter, today);
  // OFFSET 0 keeps what is gathered apart from the order it is put in afterwards
  const cut = how.isGathered ? sql`offset 0` : how.inOrder ? sql`${NEWEST_FIRST} limit ${limit}` : sql`limit ${limit}`;
  const end = how.inOrder ? sql`order by at desc, seq desc limit ${limit}` : sql`limit ${limit}`;
  const each = how.inOrder ? sql`d.seq, ${AT} as at, d.ctid` : sql`d.seq, ${AT} as at`;
  if (type.length + user.length === 0 && people === null)
    return sql`select * from (select ${each} from declarations d where ${chosen} ${cut}) found ${end}`;
  const all = (ofPerson: RawBuilder<unknown>, ofType: RawBuilder<unknown>, ofUser: RawBuilder<unknown>) =>
    sql.join(
      [
        ...(people !== null ? [ofPerson] : []),
        ...(type.length > 0 ? [sql`${ofType} = any(${type}::text[])`] : []),
        ...(user.length > 0 ? [sql`${ofUser} = any(${user}::text[])`] : []),
      ],
      sql` and `,
    );
  // Who asks for people finds by their periods all that has one. Of the rest the agency knows whose number it is if it sent it, or the period is its own.
  const apart = people === null ? sql`d.result = 'B'` : sql.raw(APART);
  return sql`
    select * from (
      (select ${each} from declarations d
       join relations r on r.period_id = d.period_id and r.agency_number = ${scope.agencyNumber}
       where ${chosen} and ${all(
         sql`r.worker_id = any(${people?.workers}::bigint[])`,
         sql`r.worker_type`,
         sql`r.user_key`,
       )} and not (${apart}) ${cut})
      union all
      (select ${each} from declarations d
       left join relations r on r.period_id = d.period_id and r.agency_number = ${scope.agencyNumber} and d.kind <> 'IN'
       where ${chosen} and ${apart} and ${all(
         sql`d.insz = any(${people?.inszs}::text[]) and (d.content #>> '{worker,insz}' is not null or r.period_id is not null)`,
         sql`coalesce(r.worker_type, d.content ->> 'workerType')`,
         sql`coalesce(r.user_key, d.content #>> '{userCompany,enterpriseNumber}')`,
       )} ${cut})) found
    ${end}`;
}

function conditionsOf(scope: AgencyScope, filter: DeskFilter, today: string): RawBuilder<unknown> {
  const { from, to, kind, result, anomaly, verdict, verified, starts, batch, after } = filter;
  const all: RawBuilder<unknown>[] = [sql`d.agency_number = ${scope.agencyNumber}`];
  if (from !== null) all.push(sql`${AT} >= ${instantAt(from, '00:00')}::timestamptz`);
  if (to !== null)
    all.push(sql`${AT} < ${instantAt(addDays(to, 1), '00:00')}::timestamptz and d.received_at is not null`);
  if (kind.length > 0) all.push(sql`d.kind = any(${kind}::text[])`);
  // spelt out, so that the index of refused ones is seen
  if (result.length > 0) all.push(result.join() === 'B' ? sql`d.result = 'B'` : sql`d.result = any(${result}::text[])`);
  if (anomaly.length > 0) all.push(sql`d.anomalies && ${anomaly}::text[]`);
  if (verdict.length > 0) all.push(sql`d.result <> 'B' and d.anomalies && ${LATE}::text[]`);
  if (verified !== null) all.push(verified === 'yes' ? STANDING : sql`not ${STANDING}`);
  if (starts !== null)
    all.push(sql`d.kind = 'IN' and d.result <> 'B' and d.period_id in (
      select period_id from relations where agency_number = ${scope.agencyNumber}
        and start_date = ${starts === 'today' ? today : starts}::date and not cancelled)`);
  if (batch !== null) {
    // its forms share their moment of receipt: so the index serves
    const own = sql`from batches b where b.batch_id = ${batch} and b.agency_number = ${scope.agencyNumber}`;
    all.push(sql`${AT} = (select b.received_at ${own})
      and d.source_key like (select b.agency_number || ':' || b.file_hash || ':%' ${own})`);
  }
  if (after !== null)
    all.push(sql`(${AT}, d.seq) < (${after.receivedAt ?? '-infinity'}::timestamptz, ${after.seq}::bigint)`);
  return sql.join(all, sql` and `);
}
