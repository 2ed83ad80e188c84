import type { Transaction } from 'kysely';
import { recordAccess } from '../access/access.store.ts';
import { type Actor, actorOf } from '../access/actor.ts';
import type { SignedInWorker } from '../identity/visitor.ts';
import type { Tables } from '../platform/tables.ts';
import type { Act } from './history.ts';

type Tx = Transaction<Tables>;

/** Who changes his own keys, when, by which request; `session` is the hash of the session he does it in. */
export interface Doer {
  visitor: SignedInWorker;
  now: string;
  requestId: string;
  session: Buffer;
}

/** Tells somebody by mail what happened to his keys, after and only if the transaction is kept. */
export type Tell = (tx: Tx, told: { workerId: string; act: Act; now: string }) => Promise<void>;

export interface Noted {
  actor: Actor;
  person: { workerId: string; insz: string };
  act: Act;
  now: string;
  requestId?: string;
}

export type Note = (tx: Tx, what: Noted) => Promise<void>;

/** What happens to keys is written into the access rows, which are their history, and told by mail. */
export function noteWith(tell: Tell): Note {
  return async (tx, { actor, person, act, now, requestId }) => {
    const channel = requestId === undefined ? 'command' : 'screen';
    const row = { at: now, actor, subject: person.insz, purpose: 'keys', channel, detail: { act } } as const;
    await recordAccess(tx, requestId === undefined ? row : { ...row, requestId });
    await tell(tx, { workerId: person.workerId, act, now });
  };
}

export function doneBy({ visitor, now, requestId }: Doer, act: Act): Noted {
  return { actor: actorOf(visitor), person: visitor, act, now, requestId };
}
