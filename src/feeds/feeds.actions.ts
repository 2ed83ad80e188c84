import { recordAccess } from '../access/access.store.ts';
import { nameOf, ownerScope, type SignedInWorker, scopeOf, type WorkerScope } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import type { Lang } from '../web/language.ts';
import { type Feed, hashOfSecret, MOST_FEEDS, newFeedId, newSecret, TooManyFeeds } from './feed.ts';
import { feedsStore } from './feeds.store.ts';

export interface Feeds {
  list(scope: WorkerScope): Promise<(Feed & { secretHash: Buffer })[]>;
  /** @returns the secret: the only moment at which anybody knows it. @throws TooManyFeeds */
  make(visitor: SignedInWorker, language: Lang, now: string): Promise<string>;
  /** @returns whether there was such a feed */
  revoke(visitor: SignedInWorker, id: string, now: string): Promise<boolean>;
  /** Whose relations a calendar may read with this secret; the first reading of a day leaves an access row. */
  read(
    secret: string,
    about: { now: string; today: string; requestId: string },
  ): Promise<{ scope: WorkerScope; language: Lang } | null>;
}

export function feedsActions(db: Database): Feeds {
  const store = feedsStore(db);
  return {
    list: store.list,

    async make(visitor, language, now) {
      const scope = scopeOf(visitor);
      const secret = newSecret();
      await db.transaction(async (tx) => {
        if ((await store.count(tx, scope)) >= MOST_FEEDS) throw new TooManyFeeds();
        const feed = { id: newFeedId(), language, madeAt: now, secretHash: hashOfSecret(secret) };
        await store.insert(tx, scope, feed);
      });
      return secret;
    },

    revoke: (visitor, id, now) => db.transaction((tx) => store.revoke(tx, scopeOf(visitor), id, now)),

    read: (secret, { now, today, requestId }) =>
      db.transaction(async (tx) => {
        const feed = await store.bySecret(tx, hashOfSecret(secret));
        if (!feed) return null;
        if (await store.readOn(tx, feed.id, today)) {
          const actor = { kind: 'system' } as const;
          const row = { at: now, actor, subject: feed.insz, purpose: 'feed', channel: 'ics', requestId } as const;
          await recordAccess(tx, row);
        }
        const scope = ownerScope(feed.workerId);
        await db.goOnFor(tx, nameOf(scope));
        return { scope, language: feed.language };
      }),
  };
}
