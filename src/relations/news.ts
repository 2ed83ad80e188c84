import type { News } from './found.ts';
import type { WorkRelation } from './relation.ts';

const MOST = 10;

/** What was declared after an instant, the newest first; at most ten. */
export function newsSince(changed: WorkRelation[], since: string): News[] {
  const from = Date.parse(since);
  const received = (news: News) => Date.parse(news.declaration.receivedAt ?? '');
  return changed
    .flatMap((relation) => relation.timeline.map((declaration) => ({ declaration, relation })))
    .filter((news) => received(news) > from)
    .sort((a, b) => received(b) - received(a))
    .slice(0, MOST);
}
