import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely';

/** The tables of an agency's desk. */
export interface DeskTables {
  agency_staff: AgencyStaffTable;
  drafts: DraftsTable;
  verifications: VerificationsTable;
}

type Json<T extends object> = JSONColumnType<T, string | null, string | null>;

export interface AgencyStaffTable {
  agency_number: string;
  worker_id: string;
  right_held: 'view' | 'declare' | 'manage';
  added_at: string;
  added_by: string | null;
  staff_key: Generated<string>;
  given_name: Generated<string | null>;
  family_name: Generated<string | null>;
  last_acted_at: Generated<string | null>;
}

export interface DraftsTable {
  draft_id: string;
  agency_number: string;
  worker_id: string;
  fields: Json<object> | null;
  made_at: string;
  expires_at: string;
  declaration_id: string | null;
}

export interface VerificationsTable {
  verification_id: GeneratedAlways<string>;
  declaration_seq: string;
  worker_id: string;
  at: string;
  undone_by: string | null;
  undone_at: string | null;
}
