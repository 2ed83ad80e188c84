import type { VerifiedIdentity } from '../visitor.ts';

/** The paper token: first user name and password, then the code of the number that the card asks for. */

/** Between the two steps goes so much time at most. */
export const BETWEEN_MINUTES = 5;

/** Why it goes no further. `card`: user name and password were right, but no card is in use; `start`: begin again; `ended`: too many wrong codes. */
export type TokenRefusal =
  | { kind: 'wrong' | 'card' | 'start' | 'ended' }
  | { kind: 'blocked'; minutes: number }
  | { kind: 'flood'; seconds: number };

/** Who gave the right user name and password: kept on our side until he gives the code. Instants are ISO 8601. */
export interface HalfWay {
  workerId: string;
  cardId: string;
  /** Of the password that he gave: another one since, and he begins again. */
  passwordAt: string;
  until: string;
}

export type Entered = { kind: 'asks'; halfWay: HalfWay } | TokenRefusal;
export type Answered = { kind: 'proven'; who: VerifiedIdentity } | TokenRefusal;

/** Where somebody who signs in stands: his address, when, by which request. */
export interface At {
  address: string;
  now: string;
  requestId: string;
}

/** The door that the digital keys keep. What is typed may be anything. */
export interface TokenDoor {
  enter(typed: { userName: unknown; password: unknown }, at: At): Promise<Entered>;
  /** The number that is asked, the same until it is answered; null when he must begin again. */
  asked(halfWay: HalfWay, now: string): Promise<number | null>;
  answer(halfWay: HalfWay, code: unknown, at: At): Promise<Answered>;
}

export function readHalfWay(kept: string | null): HalfWay | null {
  return kept === null ? null : (JSON.parse(kept) as HalfWay);
}
