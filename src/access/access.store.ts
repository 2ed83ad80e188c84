import { sql, type Transaction } from 'kysely';
import type { Tables } from '../platform/tables.ts';
import type { Purpose } from './access.ts';
import type { Actor } from './actor.ts';

/** One act of looking at, or taking along, a person's data: who, whose, why, by which way. */
export interface Access {
  at: string;
  actor: Actor;
  /** Whose data: one person, or everybody on the page. */
  subject: string | string[];
  purpose: Purpose;
  channel: 'screen' | 'pdf' | 'csv' | 'json' | 'service' | 'command' | 'ics' | 'zip' | 'mail' | 'ebox';
  /** No national number in here: it is shown to the worker. */
  detail?: Record<string, string | number>;
  resultCount?: number;
  requestId?: string;
}

/** Written in the transaction of the act itself: no act without its row. The row waits for its seal from then on. */
export async function recordAccess(tx: Transaction<Tables>, access: Access): Promise<void> {
  const { actor } = access;
  // what an agency sent in the place of a number is nobody's, and may be as long as it likes
  const subject = typeof access.subject === 'string' ? access.subject : [...new Set(access.subject)].filter(isNumber);
  if (subject.length === 0) return; // a page on which nobody stands
  const about = typeof subject === 'string' ? { one: subject, many: null } : { one: null, many: subject };
  await sql`
    with written as (
      insert into access_rows (at, actor_kind, actor_insz, actor_agency, actor_client, subject_insz, subjects, purpose, channel, detail,
        result_count, request_id)
      values (${access.at}, ${actor.kind}, ${'insz' in actor ? actor.insz : null},
        ${actor.kind === 'agency' ? actor.agency : null}, ${'client' in actor ? actor.client : null}, ${about.one}, ${about.many},
        ${access.purpose}, ${access.channel}, ${JSON.stringify(access.detail ?? {})}, ${access.resultCount ?? null},
        ${access.requestId ?? null})
      returning access_rows)
    insert into access_unsealed (id, at, digest)
    select (access_rows).id, (access_rows).at, access_digest(access_rows) from written`.execute(tx);
}

function isNumber(insz: string): boolean {
  return /^\d{11}$/.test(insz);
}
