import { randomInt } from 'node:crypto';
import type { AttemptsStore } from '../identity/attempts.store.ts';
import type { TokenDoor } from '../identity/methods/token.ts';
import type { OwnSessions } from '../identity/own-sessions.store.ts';
import type { Database } from '../platform/db.ts';
import { type AccountsTools, accountsActions } from './accounts.actions.ts';
import { accountsStore } from './accounts.store.ts';
import type { Random } from './card.ts';
import { cardsActions } from './cards.actions.ts';
import { cardsStore } from './cards.store.ts';
import { guardActions } from './guard.actions.ts';
import { type Hashing, hashing } from './hashing.ts';
import { noteWith, type Tell } from './note.actions.ts';
import { tokenDoor } from './token.actions.ts';

export interface KeysGround {
  db: Database;
  sessions: OwnSessions;
  attempts: AttemptsStore;
  tell: Tell;
  worksFor: AccountsTools['worksFor'];
  /** Keys the counters. */
  secret: string;
  /** Keys the codes of cards; null where the token is not offered. */
  pepper: string | null;
  random?: Random;
  hashing?: Hashing;
}

/** What the digital keys do, for their own pages, for signing in, and for the support desk (`accounts.unlock`). */
export interface Keys {
  accounts: ReturnType<typeof accountsActions>;
  cards: ReturnType<typeof cardsActions>;
  tokens: TokenDoor;
}

export function keysOn(ground: KeysGround): Keys {
  const tools = {
    ...ground,
    accounts: accountsStore,
    cards: cardsStore,
    guard: guardActions(ground.attempts, ground.secret),
    hashing: ground.hashing ?? hashing(),
    random: ground.random ?? ((below: number) => randomInt(below)),
    note: noteWith(ground.tell),
  };
  return { accounts: accountsActions(tools), cards: cardsActions(tools), tokens: tokenDoor(tools) };
}
