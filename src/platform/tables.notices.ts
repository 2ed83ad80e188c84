import type { Generated, GeneratedAlways } from 'kysely';

/** The tables of notices and of the shifts that a worker notes. */

type Kind = 'declared' | 'changed' | 'cancelled' | 'missing' | 'report';

export interface NoticeChoicesTable {
  worker_id: string;
  kind: Kind;
  mail: boolean;
  ebox: boolean;
  daily: boolean;
  language: Generated<'nl' | 'fr' | 'de'>;
}

export interface NoticeBundlesTable {
  bundle_id: string;
  worker_id: string;
  channel: 'mail' | 'ebox';
  digest_day: string | null;
  due_at: string;
  gone_at: Generated<string | null>;
  secret_hash: Buffer;
  failed_at: Generated<string | null>;
  failure: Generated<'unavailable' | 'refused' | 'no-address' | null>;
}

export interface NoticesTable {
  notice_id: GeneratedAlways<string>;
  worker_id: string;
  kind: Kind;
  key: string;
  channel: 'mail' | 'ebox';
  bundle_id: string;
  at: string;
  about: string;
  declaration_id: string | null;
}

export interface ShiftsTable {
  shift_id: string;
  worker_id: string;
  day: string;
  agency_name: string;
  agency_number: string | null;
  company: string;
  start_hour: string | null;
  end_hour: string | null;
  made_at: string;
  looked_at: Generated<string | null>;
}
