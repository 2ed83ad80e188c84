import { sql, type Transaction } from 'kysely';
import type { Tables } from '../platform/tables.ts';
import { STAFF_ASSURANCE, type VerifiedIdentity } from './visitor.ts';

/** The worker whom a proven identity leads to; `insz` is his own number, also where his card still bears an old one. */
export interface KnownWorker {
  workerId: string;
  insz: string;
}

/** His card's names are the right ones. */
export async function nameWorker(
  tx: Transaction<Tables>,
  { workerId }: KnownWorker,
  who: VerifiedIdentity,
): Promise<void> {
  const names = { given_name: who.givenName, family_name: who.familyName };
  await tx.updateTable('workers').set(names).where('worker_id', '=', workerId).execute();
}

/** What a session that ended leaves to the one that comes after it. */
export interface EndedSession {
  worker_id: string;
  agency_number: string | null;
  acts_for_support: boolean;
  previous_visit_at: string | null;
}

export async function endSession(tx: Transaction<Tables>, hash: Buffer): Promise<EndedSession | null> {
  const ended = await tx
    .deleteFrom('sessions')
    .where('token_hash', '=', hash)
    .returning(['worker_id', 'agency_number', 'acts_for_support', 'previous_visit_at'])
    .executeTakeFirst();
  return ended ?? null;
}

/** `goesOn` is the worker's own session that this one takes the place of: capacity and last visit stay what they were. */
export async function openSession(
  tx: Transaction<Tables>,
  session: { hash: Buffer; goesOn: EndedSession | null; worker: KnownWorker; who: VerifiedIdentity; now: string },
): Promise<{ mayChoose: boolean }> {
  const { who, now, worker, goesOn } = session;
  const { rows: choices } = await sql`
    select from agency_staff where worker_id = ${worker.workerId} union all
    select from support_agents where worker_id = ${worker.workerId} limit 1`.execute(tx);
  const mayChoose = choices.length > 0;
  await tx
    .insertInto('sessions')
    .values({
      token_hash: session.hash,
      worker_id: worker.workerId,
      insz: worker.insz,
      given_name: who.givenName,
      family_name: who.familyName,
      method: who.method,
      assurance: who.assurance,
      language: null,
      created_at: now,
      last_seen_at: now,
      previous_visit_at: goesOn ? goesOn.previous_visit_at : await lastVisit(tx, worker.workerId, now),
      agency_number: who.assurance >= STAFF_ASSURANCE ? (goesOn?.agency_number ?? null) : null,
      acts_for_support: who.assurance >= STAFF_ASSURANCE && goesOn?.acts_for_support === true,
      may_choose: mayChoose,
      sign_out_hint: who.signOutHint ?? null,
    })
    .execute();
  return { mayChoose };
}

async function lastVisit(tx: Transaction<Tables>, workerId: string, now: string): Promise<string | null> {
  const {
    rows: [previous],
  } = await sql<{ at: string | null }>`
    select max(access.at) as at from worker_numbers number
      join access_rows access on access.subject_insz = number.insz
    where number.worker_id = ${workerId} and access.purpose = 'sign-in' and access.at < ${now}`.execute(tx);
  return previous?.at ?? null;
}
