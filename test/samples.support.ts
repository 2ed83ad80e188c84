import {
  type EndedPage,
  endedPage,
  type LookUpPage,
  lookUpPage,
  type SupportHelpPage,
  supportHelpPage,
} from '../src/support/support.pages.ts';
import type { Lang } from '../src/web/language.ts';

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
    'support/help': [0, 1, 2].map((sessions) =>
      supportHelpPage(lang, { id: 'x7', sessions }, sessions ? '' : 'end-sessions'),
    ),
    'support/ended': [endedPage(lang)],
  };
}
