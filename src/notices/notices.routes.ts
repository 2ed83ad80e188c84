import { eboxLanguage } from '../deliveries/delivery.ts';
import { type SignedInWorker, scopeOf, type WorkerScope } from '../identity/visitor.ts';
import type { Database } from '../platform/db.ts';
import { type Answer, page, redirect } from '../web/answer.ts';
import * as paths from '../web/paths.ts';
import { type Asked, forAll, forWorker, type Route } from '../web/route.ts';
import type { NoticeChannel } from './notice.ts';
import type { Notices } from './notices.actions.ts';
import { choicesFrom, noticesPage, unsubscribePage } from './notices.pages.ts';
import type { NoticesStore } from './notices.store.ts';

export interface NoticesTools {
  db: Database;
  notices: Notices;
  noticesStore: NoticesStore;
  /** Ways that this installation has. */
  noticeWays: NoticeChannel[];
  addressStore: { confirmed(scope: WorkerScope): Promise<{ address: string } | null> };
}

type Mine = Asked<SignedInWorker>;

export function noticesRoutes({ db, notices, noticesStore, noticeWays, addressStore }: NoticesTools): Route[] {
  /** Mail only where he confirmed an address: elsewhere nothing is ever sent. */
  async function reach(visitor: SignedInWorker): Promise<{ address: string | null; ways: NoticeChannel[] }> {
    const address = (await addressStore.confirmed(scopeOf(visitor)))?.address ?? null;
    return { address, ways: noticeWays.filter((way) => way !== 'mail' || address !== null) };
  }

  async function show({ visitor, lang, query }: Mine): Promise<Answer> {
    const choices = await noticesStore.choices(scopeOf(visitor), db.read);
    return page('notices/choices', noticesPage(lang, { choices, ...(await reach(visitor)), said: query.said }));
  }

  async function choose({ visitor, lang, fields }: Mine): Promise<Answer> {
    const { ways } = await reach(visitor);
    const choices = choicesFrom(fields, ways);
    await notices.choose(visitor, choices, eboxLanguage(lang, lang));
    return redirect(`${paths.NOTICES}?said=${ways.length > 0 ? 'saved' : 'nowhere'}`);
  }

  const ask = ({ lang, params, query }: Asked) =>
    page('notices/unsubscribe', unsubscribePage(lang, params.secret ?? '', query.done === 'yes'));

  /** One click of a mail program is answered with words, as RFC 8058 wants it; a form leads on. A secret that is none does nothing, and is not told. */
  async function stop({ lang, params, fields }: Asked): Promise<Answer> {
    const secret = params.secret ?? '';
    await notices.silence(secret);
    const isOneClick = fields['List-Unsubscribe'] !== undefined;
    return isOneClick
      ? page('notices/unsubscribe', unsubscribePage(lang, secret, true))
      : redirect(`${paths.unsubscribe(secret)}?done=yes`);
  }

  return [
    forWorker('GET', paths.NOTICES, show),
    forWorker('POST', paths.NOTICES, choose, { comeBack: () => paths.NOTICES }),
    forAll('GET', '/unsubscribe/:secret', ask, { perMinute: 60 }),
    forAll('POST', '/unsubscribe/:secret', stop, { perMinute: 60, withoutCookie: true }),
  ];
}
