import type { Transaction } from 'kysely';
import type { Tables } from '../platform/tables.ts';

/** A person in his capacity, an agency's own service, or the portal itself. */
export type Actor =
  | { kind: 'worker' | 'support'; insz: string }
  | { kind: 'agency'; insz: string; agency: string }
  | { kind: 'agency'; client: string; agency: string }
  | { kind: 'system' };

/** Why: to sign in, to take one's own data along, to look at what one's agency declared, to take that along, to declare, to keep its staff, to keep digital keys. */
export type Purpose = 'sign-in' | 'export' | 'agency-view' | 'agency-export' | 'declare' | 'staff' | 'keys';

/** One act of looking at, or taking along, a person's data: who, whose, why, by which way. */
export interface Access {
  at: string;
  actor: Actor;
  /** Whose data: one person, or everybody on the page. */
  subject: string | string[];
  purpose: Purpose;
  channel: 'screen' | 'pdf' | 'csv' | 'json' | 'service' | 'command';
  /** No national number in here: it is shown to the worker. */
  detail?: Record<string, string | number>;
  resultCount?: number;
  requestId?: string;
}

/** Written in the transaction of the act itself: no act without its row. */
export async function recordAccess(tx: Transaction<Tables>, access: Access): Promise<void> {
  const { actor, subject } = access;
  if (subject.length === 0) return; // a page on which nobody stands
  await tx
    .insertInto('access_rows')
    .values({
      at: access.at,
      actor_kind: actor.kind,
      actor_insz: 'insz' in actor ? actor.insz : null,
      actor_agency: actor.kind === 'agency' ? actor.agency : null,
      actor_client: 'client' in actor ? actor.client : null,
      subject_insz: typeof subject === 'string' ? subject : null,
      subjects: typeof subject === 'string' ? null : [...new Set(subject)],
      purpose: access.purpose,
      channel: access.channel,
      detail: JSON.stringify(access.detail ?? {}),
      result_count: access.resultCount ?? null,
      request_id: access.requestId ?? null,
    })
    .execute();
}
