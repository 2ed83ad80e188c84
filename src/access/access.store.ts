import type { Transaction } from 'kysely';
import type { Tables } from '../platform/tables.ts';

/** One act of looking at, or taking along, a person's data: who, whose, why, by which way. */
export interface Access {
  at: string;
  actor: { kind: 'worker' | 'agency' | 'support'; insz: string; agency?: string } | { kind: 'system' };
  subjectInsz: string;
  purpose: 'sign-in' | 'sign-out' | 'export';
  channel: 'screen' | 'pdf' | 'csv' | 'json';
  /** No national number in here: it is shown to the worker. */
  detail?: Record<string, string | number>;
  resultCount?: number;
  requestId?: string;
}

/** Written in the transaction of the act itself: no act without its row. */
export async function recordAccess(tx: Transaction<Tables>, access: Access): Promise<void> {
  const { actor } = access;
  await tx
    .insertInto('access_rows')
    .values({
      at: access.at,
      actor_kind: actor.kind,
      actor_insz: actor.kind === 'system' ? null : actor.insz,
      actor_agency: actor.kind === 'system' ? null : (actor.agency ?? null),
      subject_insz: access.subjectInsz,
      purpose: access.purpose,
      channel: access.channel,
      detail: JSON.stringify(access.detail ?? {}),
      result_count: access.resultCount ?? null,
      request_id: access.requestId ?? null,
    })
    .execute();
}
