import { sql, type Transaction } from 'kysely';
import type { Tables } from '../platform/tables.ts';
import type { VerifiedIdentity } from './visitor.ts';

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

export async function openSession(
  tx: Transaction<Tables>,
  session: { hash: Buffer; replaces: Buffer | null; worker: KnownWorker; who: VerifiedIdentity; now: string },
): Promise<{ mayChoose: boolean }> {
  const { who, now, worker } = session;
  if (session.replaces) await tx.deleteFrom('sessions').where('token_hash', '=', session.replaces).execute();
  const {
    rows: [previous],
  } = await sql<{ at: string | null }>`
    select max(access.at) as at from worker_numbers number
      join access_rows access on access.subject_insz = number.insz
    where number.worker_id = ${worker.workerId} and access.purpose = 'sign-in' and access.at < ${now}`.execute(tx);
  const staff = await tx
    .selectFrom('agency_staff')
    .select('agency_number')
    .where('worker_id', '=', worker.workerId)
    .limit(1)
    .executeTakeFirst();
  const mayChoose = staff !== undefined;
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
      previous_visit_at: previous?.at ?? null,
      agency_number: null,
      may_choose: mayChoose,
    })
    .execute();
  return { mayChoose };
}
