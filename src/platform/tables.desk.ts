import type { GeneratedAlways, JSONColumnType } from 'kysely';

type Json<T extends object> = JSONColumnType<T, string | null, string | null>;

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
