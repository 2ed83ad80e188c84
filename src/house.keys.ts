import type { Ground } from './house.ts';
import { attemptsStore } from './identity/attempts.store.ts';
import { ownSessionsStore } from './identity/own-sessions.store.ts';
import { type Keys, keysOn } from './keys/keys.actions.ts';
import type { Database } from './platform/db.ts';

/** Digital keys on their stores. */
export function keysOf(ground: Pick<Ground, 'secret' | 'pepper' | 'hashing'>, db: Database): Keys {
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
