import { dayOfInstant } from '../platform/calendar-days.ts';
import { referenceOf } from '../platform/ids.ts';
import { moment, plainDay } from '../web/dates.ts';
import { LANGUAGE_NAMES, type Lang, type Part, plain, rich, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { isExpired, type Overview } from './overview.ts';

declare module '../web/views.ts' {
  interface Views {
    'overviews/overview': OverviewPage;
    'overviews/list': OverviewsPage;
  }
}

type State = Overview['state'] | 'expired';

export interface OverviewPage {
  title: string;
  w: Words<'overview'>;
  disclaimer: true;
  /** Seconds after which the page looks again; null when nothing will change. */
  refresh: number | null;
  state: State;
  tone: string;
  icon: string;
  text: Part[];
  action: { label: string; href: string; download: boolean };
  facts: { label: string; value: string }[];
  /** What others can find out with its code, and how to end that; null where it has none. */
  revoke: { text: string; action: string | null; verify: string } | null;
  /** To send it on; null where there is nothing to send. */
  send: { href: string; label: string } | null;
  list: string;
}

const TONES = {
  preparing: 'none',
  ready: 'onTime',
  failed: 'late',
  expired: 'cancelled',
  revoked: 'cancelled',
} as const;
const ICONS = {
  preparing: 'late',
  ready: 'onTime',
  failed: 'cancelled',
  expired: 'late',
  revoked: 'cancelled',
} as const;
const SECONDS_BETWEEN_LOOKS = 2;

/** One overview on its way: being made, ready, failed or expired. `today` decides whether a moment needs its year. */
export function overviewPage(lang: Lang, overview: Overview, expired: boolean, today: string): OverviewPage {
  const w = words(lang, 'overview');
  const state: State = expired ? 'expired' : overview.state;
  return {
    title: say(lang, `overview.${state}.title`),
    w,
    disclaimer: true,
    refresh: state === 'preparing' ? SECONDS_BETWEEN_LOOKS : null,
    state,
    tone: TONES[state],
    icon: ICONS[state],
    text: text(lang, overview, state, today),
    action: action(lang, overview, state),
    facts: facts(lang, overview, today),
    revoke: revoke(lang, overview, today),
    send:
      state === 'ready' || state === 'preparing'
        ? { href: paths.deliveries(overview.id), label: say(lang, 'delivery.offer') }
        : null,
    list: paths.list(),
  };
}

function revoke(lang: Lang, overview: Overview, today: string): OverviewPage['revoke'] {
  const { verifiableUntil, revokedAt, id } = overview;
  if (verifiableUntil === null) return null;
  const verify = paths.VERIFY;
  if (revokedAt !== null)
    return { text: say(lang, 'overview.revoke.done', { when: moment(lang, revokedAt, today) }), action: null, verify };
  const until = plainDay(lang, dayOfInstant(verifiableUntil));
  return { text: say(lang, 'overview.revoke.until', { until }), action: paths.overviewRevocation(id), verify };
}

function text(lang: Lang, overview: Overview, state: State, today: string): Part[] {
  if (state !== 'ready') return [plain(say(lang, `overview.${state}.text`))];
  return rich(lang, 'overview.ready.text', { until: moment(lang, overview.expiresAt, today) });
}

function action(lang: Lang, overview: Overview, state: State): OverviewPage['action'] {
  const w = words(lang, 'overview');
  if (state === 'ready') return { label: w.ready.download, href: paths.overviewPdf(overview.id), download: true };
  if (state === 'preparing') return { label: w.preparing.again, href: paths.overview(overview.id), download: false };
  return { label: w[state].again, href: paths.list(), download: false };
}

function facts(lang: Lang, overview: Overview, today: string): OverviewPage['facts'] {
  const w = words(lang, 'overview');
  const known = [
    { label: w.requestedAt, value: moment(lang, overview.requestedAt, today) },
    { label: w.language, value: LANGUAGE_NAMES[overview.language] },
    { label: w.reference, value: referenceOf(overview.id) },
  ];
  if (overview.relationCount === null) return known;
  return [{ label: w.count, value: say(lang, 'filter.relations', { n: overview.relationCount }) }, ...known];
}

export interface OverviewsPage {
  title: string;
  w: Words<'overview'>;
  rows: { href: string; what: string; when: string; state: string; tone: string; icon: string }[];
  list: string;
}

/** The worker's overviews, newest first: kept ones, and those that others can still verify. */
export function overviewsPage(lang: Lang, overviews: Overview[], now: string, today: string): OverviewsPage {
  const w = words(lang, 'overview');
  return {
    title: w.listTitle,
    w,
    rows: overviews.map((overview) => {
      const state = overview.revokedAt ? 'revoked' : isExpired(overview, now) ? 'expired' : overview.state;
      return {
        href: paths.overview(overview.id),
        what: `${w.reference} ${referenceOf(overview.id)}`,
        when: moment(lang, overview.requestedAt, today),
        state: w.state[state],
        tone: TONES[state],
        icon: ICONS[state],
      };
    }),
    list: paths.list(),
  };
}
