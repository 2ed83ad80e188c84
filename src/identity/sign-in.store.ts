import { sql, type Transaction } from 'kysely';
import type { Tables } from '../platform/tables.ts';
import { STAFF_ASSURANCE, type VerifiedIdentity } from './visitor.ts';

/** The worker whom a proven identity leads to; `insz` is his own number, also where his card still bears an old one. */
export interface KnownWorker {
  workerId: string;
  insz: string;
}

/**
 * The worker behind an INSZ, made known when he signs in before anybody declared him; his card's names are the right ones. More than one
 * try: the number may be led to another worker meanwhile.
 */
export async function workerOf(tx: Transaction<Tables>, who: VerifiedIdentity): Promise<KnownWorker> {
  const names = { given_name: who.givenName, family_name: who.familyName };
  for (let tries = 0; tries < 5; tries++) {
    const known = await tx
      .updateTable('workers')
      .from('worker_numbers as number')
      .set(names)
      .whereRef('workers.worker_id', '=', 'number.worker_id')
      .where('number.insz', '=', who.insz)
      .returning(['workers.worker_id', 'workers.insz'])
      .executeTakeFirst();
    if (known) return { workerId: known.worker_id, insz: known.insz };
    await sql`
      with made as (
        insert into workers (insz, given_name, family_name) values (${who.insz}, ${who.givenName}, ${who.familyName})
        on conflict do nothing returning worker_id, insz)
      insert into worker_numbers (insz, worker_id) select insz, worker_id from made on conflict do nothing`.execute(tx);
    // while we waited for somebody else to make the number known, it may have become an old one: then ours leads nowhere
    await sql`
      delete from workers where insz = ${who.insz}
        and not exists (select from worker_numbers number where number.worker_id = workers.worker_id)`.execute(tx);
  }
  throw new Error('a worker could not be made known');
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
