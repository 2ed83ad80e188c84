import { mediumDay, moment } from '../web/dates.ts';
import { LANGUAGE_NAMES, type Lang, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { type Feed, MOST_FEEDS } from './feed.ts';

declare module '../web/views.ts' {
  interface Views {
    'feeds/list': FeedsPage;
  }
}

export interface FeedsPage {
  title: string;
  w: Words<'feeds'>;
  action: string;
  /** The address that was just made, for the calendar; null when it is no longer known. */
  made: { address: string; subscribe: string } | null;
  mayMake: boolean;
  most: string;
  rows: { heading: string; made: string; read: string; language: string; action: string; revoke: string }[];
  back: string;
}

/** The worker's feeds. `secret` is one that this browser just made. */
export function feedsPage(
  lang: Lang,
  feeds: Feed[],
  about: { secret: string | null; publicUrl: string; today: string },
): FeedsPage {
  const { secret, publicUrl, today } = about;
  const w = words(lang, 'feeds');
  const address = secret === null ? null : publicUrl + paths.feed(secret);
  return {
    title: w.title,
    w,
    action: paths.FEEDS,
    made: address === null ? null : { address, subscribe: address.replace(/^https?:/, 'webcal:') },
    mayMake: feeds.length < MOST_FEEDS,
    most: say(lang, 'feeds.most', { n: MOST_FEEDS }),
    rows: feeds.map((feed, i) => ({
      heading: say(lang, 'feeds.feed', { n: feeds.length - i }),
      made: say(lang, 'feeds.made', { when: moment(lang, feed.madeAt, today) }),
      read: feed.lastReadOn === null ? w.neverRead : say(lang, 'feeds.read', { day: mediumDay(lang, feed.lastReadOn) }),
      language: LANGUAGE_NAMES[feed.language],
      action: paths.feedRevocation(feed.id),
      revoke: say(lang, 'feeds.revoke', { n: feeds.length - i }),
    })),
    back: paths.list(),
  };
}
