import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely';

/** The tables of reports. */

export interface ReportsTable {
  report_id: string;
  worker_id: string;
  kind: 'notDeclared' | 'wrongDates' | 'wrongCompany' | 'notWorked' | 'other';
  period_id: string | null;
  agency_number: string | null;
  agency_name: string;
  user_number: string | null;
  user_name: string | null;
  first_day: string;
  last_day: string;
  start_hour: string | null;
  end_hour: string | null;
  note: string;
  sent_at: string;
  state: 'sent' | 'seen' | 'answered' | 'closed';
  due_on: string;
  reminded_at: Generated<string | null>;
  taken_on_at: Generated<string | null>;
}

export interface ReportEventsTable {
  event_id: GeneratedAlways<string>;
  report_id: string;
  at: string;
  kind: 'sent' | 'seen' | 'answered' | 'declared' | 'replied' | 'overdue' | 'takenOn' | 'confirmed' | 'withdrawn';
  by_worker_id: string | null;
  words: Generated<string | null>;
  declaration_id: Generated<string | null>;
}

export interface ReportDraftsTable {
  draft_id: string;
  worker_id: string;
  fields: JSONColumnType<object, string, string>;
  made_at: string;
  expires_at: string;
  report_id: Generated<string | null>;
}
