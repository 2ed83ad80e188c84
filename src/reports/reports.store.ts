import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { AgencyScope, PersonScope, WorkerScope } from '../identity/visitor.ts';
import type { ReportsTable } from '../platform/tables.reports.ts';
import { LAST_DAY, type Tables } from '../platform/tables.ts';
import type { EventKind, Report, ReportEvent, ReportLine, Told, WholeReport } from './report.ts';

type Tx = Transaction<Tables>;
/** The readers, or a transaction that writes down who looked. */
type At = Kysely<Tables>;

export type Row = Selectable<ReportsTable> & {
  insz: string;
  given_name: string | null;
  family_name: string | null;
  answers: boolean;
};

/** So many of a worker's reports stand in his list. */
const MOST_LISTED = 100;

/** Whether somebody of the agency can answer here. */
const ANSWERS = sql`exists (select from agency_staff s where s.agency_number = p.agency_number and s.right_held <> 'view')`;

/** Reports and what happened to them. Every read takes a scope; what is another's is not found. */
export const reportsStore = {
  async insert(
    tx: Tx,
    report: { id: string; workerId: string; told: Told; now: string; dueOn: string },
  ): Promise<void> {
    const { id, told, now } = report;
    await tx
      .insertInto('reports')
      .values({
        report_id: id,
        worker_id: report.workerId,
        kind: told.kind,
        period_id: told.periodId,
        agency_number: told.agencyNumber,
        agency_name: told.agencyName,
        user_number: told.userNumber,
        user_name: told.userName,
        first_day: told.firstDay,
        last_day: told.lastDay,
        start_hour: told.startHour,
        end_hour: told.endHour,
        note: told.note,
        sent_at: now,
        state: 'sent',
        due_on: report.dueOn,
      })
      .execute();
  },

  /** One report with what happened to it; `hold` keeps it from others until the transaction ends. */
  async find(scope: PersonScope | AgencyScope, at: At, id: string, hold = false): Promise<WholeReport | null> {
    const own =
      scope.kind === 'agency' ? sql`p.agency_number = ${scope.agencyNumber}` : sql`p.worker_id = ${scope.workerId}`;
    const { rows } = await sql<Row>`
      select p.*, w.insz, w.given_name, w.family_name, ${ANSWERS} as answers
      from reports p join workers w using (worker_id)
      where p.report_id = ${id} and ${own} ${hold ? sql`for update of p` : sql``}`.execute(at);
    const [row] = rows;
    if (!row) return null;
    const events = await sql<ReportEvent>`
      select e.at, e.kind, nullif(concat_ws(' ', w.given_name, w.family_name), '') as by, e.words,
        e.declaration_id as "declarationId", d.period_id as "periodId"
      from report_events e left join workers w on w.worker_id = e.by_worker_id
      left join declarations d on d.declaration_id = e.declaration_id
      where e.report_id = ${id} order by e.event_id`.execute(at);
    return { ...reportOf(row), person: personOf(row), answers: row.answers, events: events.rows };
  },

  /** A worker's own, the latest first. */
  async list(scope: PersonScope, at: At): Promise<ReportLine[]> {
    const { rows } = await sql<Row>`
      select p.*, ${ANSWERS} as answers from reports p
      where p.worker_id = ${scope.workerId} order by p.sent_at desc limit ${MOST_LISTED}`.execute(at);
    return rows.map((row) => ({ ...reportOf(row), answers: row.answers }));
  },

  /** Other reports of the worker, not closed, about one of these days and the same agency. */
  async alike(scope: WorkerScope, at: At, told: Told): Promise<Report[]> {
    const { rows } = await sql<Row>`
      select p.* from reports p
      where p.worker_id = ${scope.workerId} and p.state <> 'closed'
        and p.first_day <= ${told.lastDay}::date and p.last_day >= ${told.firstDay}::date
        and (p.agency_number = ${told.agencyNumber} or lower(p.agency_name) = lower(${told.agencyName}))
      order by p.sent_at desc limit 5`.execute(at);
    return rows.map(reportOf);
  },

  async sentSince(scope: WorkerScope, tx: Tx, instant: string): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from reports where worker_id = ${scope.workerId} and sent_at > ${instant}`.execute(tx);
    return rows[0]?.n ?? 0;
  },

  async happened(
    tx: Tx,
    id: string,
    event: { at: string; kind: EventKind; by: string | null; words?: string },
  ): Promise<void> {
    await tx
      .insertInto('report_events')
      .values({ report_id: id, at: event.at, kind: event.kind, by_worker_id: event.by, words: event.words ?? null })
      .execute();
  },

  async update(
    tx: Tx,
    id: string,
    to: Partial<Pick<Selectable<ReportsTable>, 'state' | 'due_on' | 'reminded_at' | 'taken_on_at'>>,
  ): Promise<void> {
    await tx.updateTable('reports').set(to).where('report_id', '=', id).execute();
  },

  /** Links accepted declarations to the reports they speak to: on their period, or on one of their days. @returns what was linked now */
  async link(tx: Tx, declarationIds: string[], now: string): Promise<(Report & { declarationId: string })[]> {
    const { rows } = await sql<Row & { linked: string }>`
      with linked as (
        insert into report_events (report_id, at, kind, declaration_id)
        select p.report_id, ${now}::timestamptz, 'declared', d.declaration_id
        from declarations d join relations r on r.period_id = d.period_id
        join reports p on p.worker_id = r.worker_id and p.agency_number = d.agency_number and p.state <> 'closed'
        where d.declaration_id = any(${declarationIds}::text[]) and d.result <> 'B' and (p.period_id = d.period_id
          or not r.cancelled and r.start_date <= p.last_day and ${sql.raw(LAST_DAY)} >= p.first_day)
        order by p.report_id, d.seq
        on conflict do nothing returning report_id, declaration_id),
      answered as (
        update reports p set state = 'answered' where p.report_id in (select report_id from linked) and p.state <> 'closed'
        returning p.*)
      select answered.*, linked.declaration_id as linked from answered join linked using (report_id)`.execute(tx);
    return rows.map((row) => ({ ...reportOf(row), declarationId: row.linked }));
  },

  /** Reports whose term is over and of which that was not told yet; others pass by those somebody else holds. */
  async overdue(tx: Tx, today: string): Promise<Report[]> {
    const { rows } = await sql<Row>`
      select p.* from reports p where p.state in ('sent', 'seen') and p.reminded_at is null and p.due_on < ${today}::date
      order by p.due_on limit 100 for update skip locked`.execute(tx);
    return rows.map(reportOf);
  },
};

export type ReportsStore = typeof reportsStore;

export function reportOf(row: Selectable<ReportsTable>): Report {
  return {
    id: row.report_id,
    workerId: row.worker_id,
    kind: row.kind,
    periodId: row.period_id,
    agencyNumber: row.agency_number,
    agencyName: row.agency_name,
    userNumber: row.user_number,
    userName: row.user_name,
    firstDay: row.first_day,
    lastDay: row.last_day,
    startHour: row.start_hour,
    endHour: row.end_hour,
    note: row.note,
    sentAt: row.sent_at,
    state: row.state,
    dueOn: row.due_on,
    takenOnAt: row.taken_on_at,
  };
}

export function personOf({ insz, given_name: givenName, family_name: familyName }: Row): WholeReport['person'] {
  return { insz, givenName, familyName };
}
