import type { Generated, JSONColumnType } from 'kysely';

/** The tables of what a worker takes home. */

export interface OverviewsTable {
  overview_id: string;
  worker_id: string;
  requested_at: string;
  expires_at: string;
  language: 'nl' | 'fr' | 'de' | 'en';
  filter: JSONColumnType<object, string | null, string | null>;
  sections: string[];
  full_insz: boolean;
  state: 'preparing' | 'ready' | 'failed';
  made_at: string | null;
  relation_count: number | null;
  sha256: string | null;
  pdf: Buffer | null;
  failure: string | null;
  code_hash: Generated<Buffer | null>;
  initials: Generated<string | null>;
  covers_from: Generated<string | null>;
  covers_to: Generated<string | null>;
  verifiable_until: Generated<string | null>;
  revoked_at: Generated<string | null>;
}

export interface FeedsTable {
  feed_id: string;
  worker_id: string;
  secret_hash: Buffer;
  language: 'nl' | 'fr' | 'de' | 'en';
  made_at: string;
  last_read_on: Generated<string | null>;
  revoked_at: Generated<string | null>;
}
