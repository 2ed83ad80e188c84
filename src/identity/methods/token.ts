import type { VerifiedIdentity } from '../visitor.ts';

/** The paper token: first user name and password, then the code of the number that the card asks for. */

/** Why it goes no further. `card`: user name and password were right, but no card is in use; `start`: begin again; `ended`: too many wrong codes. */
export type TokenRefusal =
  | { kind: 'wrong' }
  | { kind: 'blocked'; minutes: number }
  | { kind: 'flood'; seconds: number }
  | { kind: 'card' | 'start' | 'ended' };

/** Who gave the right user name and password; `ticket` is for his browser's cookie. */
export type Entered = { kind: 'asks'; ticket: string } | TokenRefusal;
export type Answered = { kind: 'proven'; who: VerifiedIdentity } | TokenRefusal;

/** The door that the digital keys keep. Instants are ISO 8601. */
export interface TokenDoor {
  enter(given: {
    userName: unknown;
    password: unknown;
    address: string;
    now: string;
    requestId: string;
  }): Promise<Entered>;
  /** The number that is asked, the same until it is answered; null when the ticket counts no more. */
  asked(ticket: string, now: string): Promise<number | null>;
  answer(given: { ticket: string; code: unknown; address: string; now: string; requestId: string }): Promise<Answered>;
}
