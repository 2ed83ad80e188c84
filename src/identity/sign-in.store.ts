import type { Transaction } from 'kysely';
import type { Tables } from '../platform/tables.ts';
import type { VerifiedIdentity } from './visitor.ts';

/** The worker behind an INSZ, made known when he signs in before anybody declared him; his card's names are the right ones. */
export async function workerOf(tx: Transaction<Tables>, who: VerifiedIdentity): Promise<string> {
  const known = await tx
    .selectFrom('worker_numbers')
    .select('worker_id')
    .where('insz', '=', who.insz)
    .executeTakeFirst();
  const names = { given_name: who.givenName, family_name: who.familyName };
  if (known) {
    await tx.updateTable('workers').set(names).where('worker_id', '=', known.worker_id).execute();
    return known.worker_id;
  }
  const { worker_id } = await tx
    .insertInto('workers')
    .values({ insz: who.insz, ...names })
    .onConflict((clash) => clash.column('insz').doUpdateSet(names))
    .returning('worker_id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('worker_numbers')
    .values({ insz: who.insz, worker_id })
    .onConflict((clash) => clash.doNothing())
    .execute();
  return worker_id;
}

export async function openSession(
  tx: Transaction<Tables>,
  session: { hash: Buffer; replaces: Buffer | null; workerId: string; who: VerifiedIdentity; now: string },
): Promise<{ mayChoose: boolean }> {
  const { who, now } = session;
  if (session.replaces) await tx.deleteFrom('sessions').where('token_hash', '=', session.replaces).execute();
  const previous = await tx
    .selectFrom('access_rows')
    .select((row) => row.fn.max('at').as('at'))
    .where('subject_insz', '=', who.insz)
    .where('purpose', '=', 'sign-in')
    .where('at', '<', now)
    .executeTakeFirst();
  const staff = await tx
    .selectFrom('agency_staff')
    .select('agency_number')
    .where('worker_id', '=', session.workerId)
    .limit(1)
    .executeTakeFirst();
  const mayChoose = staff !== undefined;
  await tx
    .insertInto('sessions')
    .values({
      token_hash: session.hash,
      worker_id: session.workerId,
      insz: who.insz,
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
