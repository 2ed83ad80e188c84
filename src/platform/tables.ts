import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely';
import type { DeskTables } from './tables.desk.ts';
import type { KeysTables } from './tables.keys.ts';
import type { NoticeBundlesTable, NoticeChoicesTable, NoticesTable, ShiftsTable } from './tables.notices.ts';
import type { FeedsTable, OverviewsTable } from './tables.overviews.ts';
import type { ReportDraftsTable, ReportEventsTable, ReportsTable } from './tables.reports.ts';
import type { SendingTables } from './tables.sending.ts';
import type { SupportTables } from './tables.support.ts';

/** The tables as Kysely sees them: dates, instants and int8 are text both ways. */
export interface Tables extends DeskTables, KeysTables, SendingTables, SupportTables {
  enterprises: EnterprisesTable;
  workers: WorkersTable;
  worker_numbers: { insz: string; worker_id: string };
  declarations: DeclarationsTable;
  relations: RelationsTable;
  sign_in_challenges: { token_hash: Buffer; kept: string; expires_at: string };
  sessions: SessionsTable;
  access_rows: AccessRowsTable;
  clients: ClientsTable;
  client_assertions: { client_id: string; jti: string; expires_at: string };
  access_tokens: { token_hash: Buffer; client_id: string; scopes: string[]; expires_at: string };
  overviews: OverviewsTable;
  number_changes: NumberChangesTable;
  merged_workers: { worker_id: string; merged_into: string; merged_at: string };
  feeds: FeedsTable;
  reports: ReportsTable;
  report_events: ReportEventsTable;
  report_drafts: ReportDraftsTable;
  shifts: ShiftsTable;
  notice_choices: NoticeChoicesTable;
  notice_bundles: NoticeBundlesTable;
  notices: NoticesTable;
}

type Json<T extends object> = JSONColumnType<T, string | null, string | null>;

export interface EnterprisesTable {
  enterprise_number: string;
  name: string;
  kind: 'agency' | 'user';
  nsso_number: string | null;
  street: string | null;
  house_number: string | null;
  post_box: string | null;
  post_code: string | null;
  city: string | null;
  country: string | null;
}

export interface WorkersTable {
  worker_id: GeneratedAlways<string>;
  insz: string;
  given_name: string | null;
  family_name: string | null;
  birth_date: string | null;
  /** Counts the intakes that changed something for him. */
  version: Generated<string>;
  /** Somebody asked to hear of what is declared for him. */
  awaited: Generated<boolean>;
}

export interface DeclarationsTable {
  seq: GeneratedAlways<string>;
  declaration_id: string;
  source_key: string | null;
  kind: 'IN' | 'UPDATE' | 'OUT' | 'CANCEL' | 'DAILY';
  period_id: string | null;
  agency_number: string | null;
  insz: string | null;
  received_at: string | null;
  channel: 'import' | 'service' | 'batch' | 'form';
  result: 'A' | 'W' | 'B';
  anomalies: string[];
  content: Json<object>;
  sender: string | null;
  fingerprint: string | null;
}

/** The last day of a period `r`, in SQL: `infinity` while it has none. Spelt as the index of a worker's periods spells it, which begins with it. */
export const LAST_DAY = `case when r.end_date is null then date 'infinity' else r.end_date end`;

export interface RelationsTable {
  period_id: string;
  worker_id: string;
  agency_number: string;
  joint_committee: string;
  worker_type: string;
  user_key: string | null;
  user_number: string | null;
  user_name: string | null;
  user_address: Json<object> | null;
  user_joint_committee: string | null;
  start_date: string;
  start_hour: string | null;
  end_date: string | null;
  end_hour: string | null;
  planned_hours: number | null;
  cancelled: boolean;
  verdict: 'onTime' | 'late' | 'unknown';
  received_at: string | null;
  decided_by: string;
  due_at: string;
  warnings: ('cancelledAfterStart' | 'changedAfterStart')[];
  anomalies: string[];
}

export interface SessionsTable {
  token_hash: Buffer;
  worker_id: string;
  insz: string;
  given_name: string | null;
  family_name: string;
  method: string;
  assurance: number;
  language: string | null;
  created_at: string;
  last_seen_at: string;
  previous_visit_at: string | null;
  agency_number: string | null;
  may_choose: boolean;
  acts_for_support: Generated<boolean>;
  sign_out_hint: string | null;
}

export interface AccessRowsTable {
  id: GeneratedAlways<string>;
  at: string;
  actor_kind: 'worker' | 'agency' | 'support' | 'system';
  actor_insz: string | null;
  actor_agency: string | null;
  actor_client: string | null;
  subject_insz: string | null;
  subjects: string[] | null;
  purpose: string;
  channel: string;
  detail: ColumnType<object, string | undefined, string>;
  result_count: number | null;
  request_id: string | null;
}

export interface NumberChangesTable {
  old_insz: string;
  new_insz: string;
  effective_on: string | null;
  received_at: string;
}

export interface ClientsTable {
  client_id: string;
  agency_number: string;
  keys: Json<object>;
  scopes: string[];
  added_at: string;
  revoked_at: string | null;
}
