import { createHash } from 'node:crypto';
import { type SignedInWorker, scopeOf, type WorkerScope } from '../identity/visitor.ts';
import { type Filter, parseFilter } from '../relations/filter.ts';
import type { WorkRelation } from '../relations/relation.ts';
import { type Answer, document, NotFound, page, redirect } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forAll, forWorker, type Route } from '../web/route.ts';
import { calendarText } from './calendar.pages.ts';
import { hashOfSecret, SHOWN_SECONDS, TooManyFeeds } from './feed.ts';
import type { Feeds } from './feeds.actions.ts';
import { feedsPage } from './feeds.pages.ts';

export interface FeedsTools {
  feeds: Feeds;
  relations: { whole(scope: WorkerScope, filter: Filter, today: string): Promise<WorkRelation[]> };
  publicUrl: string;
}

type Mine = Asked<SignedInWorker>;

/** Readings a minute and address: many calendars behind one office, and hopeless for who guesses. */
const PER_MINUTE = 120;
/** Holds the secret that this browser just made: the database never does. */
const COOKIE = 'feed';

export function feedsRoutes({ feeds, relations, publicUrl }: FeedsTools): Route[] {
  async function list({ visitor, lang, today, request }: Mine): Promise<Answer> {
    const mine = await feeds.list(scopeOf(visitor));
    const secret = request.cookies[COOKIE] ?? '';
    const hash = hashOfSecret(secret);
    const isMine = mine.some(({ secretHash }) => secretHash.equals(hash));
    return page('feeds/list', feedsPage(lang, mine, { secret: isMine ? secret : null, publicUrl, today }));
  }

  async function make({ visitor, lang, now }: Mine): Promise<Answer> {
    const secret = await feeds.make(visitor, lang, now).catch((error: Error) => {
      if (error instanceof TooManyFeeds) return null;
      throw error;
    });
    if (secret === null) return redirect(paths.FEEDS); // which says that there are as many as there may be
    return redirect(paths.FEEDS, [{ name: COOKIE, value: secret, maxAge: SHOWN_SECONDS }]);
  }

  async function revoke({ visitor, now, params }: Mine): Promise<Answer> {
    if (!(await feeds.revoke(visitor, params.feedId ?? '', now))) throw new NotFound();
    return redirect(paths.FEEDS, [{ name: COOKIE, value: null }]);
  }

  async function read({ params, now, today, request }: Asked): Promise<Answer> {
    const feed = await feeds.read(params.secret ?? '', { now, today, requestId: request.id });
    if (!feed) throw new NotFound();
    const { filter } = parseFilter({ sort: 'start', dir: 'asc', pageSize: 'all' }, today);
    const found = await relations.whole(feed.scope, filter, today);
    const text = calendarText(feed.language, found, publicUrl);
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
    return { ...document('text/calendar; charset=utf-8', text), etag };
  }

  return [
    forWorker('GET', paths.FEEDS, list),
    forWorker('POST', paths.FEEDS, make, { comeBack: () => paths.FEEDS }),
    forWorker('POST', '/feeds/:feedId/revocation', revoke, { comeBack: () => paths.FEEDS }),
    forAll('GET', '/feeds/:secret.ics', read, { perMinute: PER_MINUTE }),
  ];
}
