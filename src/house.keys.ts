import { attemptsStore } from './identity/attempts.store.ts';
import { ownSessionsStore } from './identity/own-sessions.store.ts';
import type { Hashing } from './keys/hashing.ts';
import { type Keys, keysOn } from './keys/keys.actions.ts';
import type { Mail } from './mail/mail.actions.ts';
import type { Database } from './platform/db.ts';
import { draftsStore } from './reports/drafts.store.ts';

export interface KeysGround {
  /** Keys the hashes of session tokens, and the counters against guessing. */
  secret: string;
  /** Keys the codes of paper tokens; none where they are not offered. */
  pepper?: string | undefined;
  /** Slow hashes; tests count them, or have no time. */
  hashing?: Hashing;
}

/** Digital keys on their stores; what changes about them is told by mail. */
export function keysOf(ground: KeysGround, { db, mail }: { db: Database; mail: Mail }): Keys {
  return keysOn({
    db,
    sessions: ownSessionsStore(db),
    attempts: attemptsStore,
    async tell(tx, { workerId, act, now }) {
      if (mail.isOn) await mail.write(tx, workerId, 'keys', { act, at: now });
    },
    async worksFor(scope) {
      const { agencies, companies } = await draftsStore.known(scope, db.read);
      return [...agencies, ...companies];
    },
    secret: ground.secret,
    pepper: ground.pepper ?? null,
    ...(ground.hashing && { hashing: ground.hashing }),
  });
}
