import { type Kysely, sql, type Transaction } from 'kysely';
import type { AgencyScope } from '../identity/visitor.ts';
import type { Tables } from '../platform/tables.ts';
import type { DeskReport } from './report.ts';
import { personOf, type Row, reportOf } from './reports.store.ts';

type Tx = Transaction<Tables>;

export const DESK_PAGE = 25;

/** The reports that an agency got. */
export const deskReportsStore = {
  /** A page of an agency's: those that wait for it by term, or all the others, the latest first. `after` is the last one's id of the page before. */
  async desk(scope: AgencyScope, tx: Tx, open: boolean, after: string | null): Promise<DeskReport[]> {
    const state = open ? sql`p.state in ('sent', 'seen')` : sql`p.state in ('answered', 'closed')`;
    const order = open ? sql`p.due_on, p.report_id` : sql`p.sent_at desc, p.report_id desc`;
    const last = sql`(select ${open ? sql`due_on, report_id` : sql`sent_at, report_id`} from reports
      where report_id = ${after} and agency_number = ${scope.agencyNumber})`;
    const beyond = open ? sql`(p.due_on, p.report_id) > ${last}` : sql`(p.sent_at, p.report_id) < ${last}`;
    const { rows } = await sql<Row>`
      select p.*, w.insz, w.given_name, w.family_name, true as answers from reports p join workers w using (worker_id)
      where p.agency_number = ${scope.agencyNumber} and ${state} ${after === null ? sql`` : sql`and ${beyond}`}
      order by ${order} limit ${DESK_PAGE + 1}`.execute(tx);
    return rows.map((row) => ({ ...reportOf(row), person: personOf(row) }));
  },

  /** What a report tells, as the fields of a declaration: of what is not declared, or must be declared anew. */
  async reported(scope: AgencyScope, tx: Tx, id: string): Promise<Record<string, string> | null> {
    const { rows } = await sql<Row>`
      select p.*, w.insz, w.given_name, w.family_name from reports p join workers w using (worker_id)
      where p.report_id = ${id} and p.agency_number = ${scope.agencyNumber}`.execute(tx);
    const [row] = rows;
    if (!row) return null;
    const hour = (hhmm: string | null) => (hhmm === null ? '' : `${hhmm.slice(0, 2)}:${hhmm.slice(2)}`);
    return {
      insz: row.insz,
      givenName: row.given_name ?? '',
      familyName: row.family_name ?? '',
      userNumber: row.user_number ?? '',
      userName: row.user_number === null ? (row.user_name ?? '') : '',
      startDate: row.first_day,
      endDate: row.last_day,
      startHour: hour(row.start_hour),
      endHour: hour(row.end_hour),
    };
  },

  /** How many wait for the agency, and how many of them too long. Shows nobody. */
  async waiting(scope: AgencyScope, at: Kysely<Tables>, today: string): Promise<{ open: number; overdue: number }> {
    const { rows } = await sql<{ open: number; overdue: number }>`
      select count(*)::int as open, count(*) filter (where due_on < ${today}::date)::int as overdue
      from reports where agency_number = ${scope.agencyNumber} and state in ('sent', 'seen')`.execute(at);
    return rows[0] ?? { open: 0, overdue: 0 };
  },
};

export type DeskReportsStore = typeof deskReportsStore;
