import { FAILURES } from '../src/deliveries/delivery.ts';
import {
  type EndedPage,
  endedPage,
  type LookUpPage,
  lookUpPage,
  type SupportHelpPage,
  supportHelpPage,
} from '../src/support/support.pages.ts';
import type { Stuck } from '../src/support/support.ts';
import type { Lang } from '../src/web/language.ts';

const DONE = ['end-sessions', 'unlock', 'resend', 'nothing', 'none-failed', ''];
const one: Stuck = {
  of: 'delivery',
  id: 'd4t8',
  channel: 'ebox',
  orderedAt: '2026-11-22T09:00:00Z',
  state: 'waiting',
  tries: 0,
  nextTryAt: null,
  failure: null,
  isKept: true,
};
const UNSENT: Stuck[] = [
  one,
  { ...one, channel: 'mail', state: 'sending', tries: 1 },
  { ...one, tries: 2, nextTryAt: '2026-11-23T09:00:00Z' },
  { ...one, of: 'notice', channel: 'mail', state: 'failed', failure: 'refused' },
  ...FAILURES.flatMap((failure) =>
    [true, false].map((isKept) => ({ ...one, state: 'failed' as const, failure, isKept })),
  ),
];

/** The pages of the support desk that are its own; those inside a look-up are the worker's. */
export function supportSamples(lang: Lang): {
  'support/look-up': LookUpPage[];
  'support/help': SupportHelpPage[];
  'support/ended': EndedPage[];
} {
  const said = ['nobody', 'self', 'closed', 'insz', 'who', 'name', 'born', 'reason', 'case', 'something else'];
  return {
    'support/look-up': [
      ...said.map((one) => lookUpPage(lang, { failed: 0, isLocked: false }, one)),
      lookUpPage(lang, { failed: 3, isLocked: false }, undefined),
      lookUpPage(lang, { failed: 20, isLocked: true }, 'locked'),
    ],
    'support/help': DONE.map((_, sessions) =>
      supportHelpPage(
        lang,
        { id: 'x7', sessions, unsent: sessions ? UNSENT : [] },
        { done: DONE[sessions], today: '2026-11-23' },
      ),
    ),
    'support/ended': [endedPage(lang)],
  };
}
