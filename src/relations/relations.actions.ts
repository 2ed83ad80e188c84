import { type Access, recordAccess } from '../access/access.store.ts';
import { actorOf } from '../access/actor.ts';
import type { SignedInWorker } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';

/** Taking one's relations along is written down before they are given. `at` is the instant of the request. */
export async function recordExport(
  db: Database,
  visitor: SignedInWorker,
  taken: { at: string; channel: Access['channel']; resultCount: number; requestId: string },
): Promise<void> {
  const actor = actorOf(visitor);
  await db.transaction((tx) => recordAccess(tx, { actor, subject: visitor.insz, purpose: 'export', ...taken }));
}
