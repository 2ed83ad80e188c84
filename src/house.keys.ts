import { attemptsStore } from './identity/attempts.store.ts';
import { ownSessionsStore } from './identity/own-sessions.store.ts';
import type { Hashing } from './keys/hashing.ts';
import { type Keys, keysOn } from './keys/keys.actions.ts';
import type { Database } from './platform/db.ts';

export interface KeysGround {
  /** Keys the hashes of session tokens, and the counters against guessing. */
  secret: string;
  /** Keys the codes of paper tokens; none where they are not offered. */
  pepper?: string | undefined;
  /** Slow hashes; tests count them, or have no time. */
  hashing?: Hashing;
}

/** Digital keys on their stores. */
export function keysOf(ground: KeysGround, db: Database): Keys {
  return keysOn({
    db,
    sessions: ownSessionsStore(db),
    attempts: attemptsStore,
    tell: async () => undefined,
    secret: ground.secret,
    pepper: ground.pepper ?? null,
    ...(ground.hashing && { hashing: ground.hashing }),
  });
}
