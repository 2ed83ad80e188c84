import { type SignedInWorker, scopeOf } from '../identity/visitor.ts';
import { type Answer, page } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forWorker, type Route } from '../web/route.ts';
import { seenPage } from './seen.pages.ts';
import type { SeenStore } from './seen.store.ts';
import { parseSeen } from './seen.ts';

/** What a worker reads about who saw his data. */
export function accessRoutes({ seen }: { seen: SeenStore }): Route[] {
  async function list({ visitor, lang, today, query }: Asked<SignedInWorker>): Promise<Answer> {
    const { filter, dropped } = parseSeen(query);
    const found = await seen.page(scopeOf(visitor), filter);
    return page('access/list', seenPage(lang, found, filter, { today, dropped }));
  }

  return [forWorker('GET', paths.ACCESS, list)];
}
