import type { Transaction } from 'kysely';
import { recordAccess } from '../access/access.store.ts';
import type { Database } from '../platform/db.ts';
import type { Tables } from '../platform/tables.ts';
import type { PersonStore } from '../workers/person.store.ts';
import { hashOf, newToken } from './sessions.ts';
import { endSession, nameWorker, openSession } from './sign-in.store.ts';
import type { VerifiedIdentity } from './visitor.ts';

/** PostgreSQL ended a transaction so that others could go on who make the same person known, or change his number. */
const DEADLOCK = '40P01';
const TRIES = 4;

export interface SigningIn {
  db: Database;
  persons: PersonStore;
}

interface Given {
  who: VerifiedIdentity;
  now: string;
  secret: string;
  replaces: Buffer | null;
  requestId: string;
}

/**
 * Opens a session for somebody whose identity was proven, whatever the method: a new id (the old session, if any, ends), the worker he is,
 * and the access row, in one transaction. Who only proves himself anew goes on in the capacity he had.
 * @returns the token for the browser's cookie, of which only the hash is kept, and whether he is to choose a capacity first
 */
export async function signIn(
  { db, persons }: SigningIn,
  given: Given,
): Promise<{ token: string; mustChoose: boolean }> {
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction((tx) => opened(tx, persons, given));
    } catch (error) {
      if ((error as { code?: string }).code !== DEADLOCK || tries === TRIES) throw error;
    }
  }
}

async function opened(
  tx: Transaction<Tables>,
  persons: PersonStore,
  given: Given,
): Promise<{ token: string; mustChoose: boolean }> {
  const { who, now } = given;
  const token = newToken();
  const worker = await persons.ensure(tx, who.insz, 'no key update');
  await nameWorker(tx, worker, who);
  const before = given.replaces ? await endSession(tx, given.replaces) : null;
  const goesOn = before?.worker_id === worker.workerId ? before : null;
  const hash = hashOf(token, given.secret);
  const { mayChoose } = await openSession(tx, { hash, goesOn, worker, who, now });
  await recordAccess(tx, {
    at: now,
    actor: { kind: 'worker', insz: worker.insz },
    subject: worker.insz,
    purpose: 'sign-in',
    channel: 'screen',
    detail: { method: who.method, assurance: who.assurance, ...who.evidence },
    requestId: given.requestId,
  });
  return { token, mustChoose: mayChoose && goesOn === null };
}
