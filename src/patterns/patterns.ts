import { lookingBar } from '../support/inside.pages.ts';
import { page } from '../web/answer.ts';
import { type Lang, words } from '../web/language.ts';
import { forAll, type Route } from '../web/route.ts';
import { deskParts } from './desk.ts';
import { TODAY } from './relations.ts';
import { workerParts } from './worker.ts';

/**
 * Every part of the screens once, for who builds the house. Only the demo hangs it in; production does not load this room. Its headings
 * speak English, as the demo's neighbours do; the parts speak the visitor's language.
 */

declare module '../web/views.ts' {
  interface Views {
    'patterns/patterns': PatternsPage;
  }
}

export const PATTERNS = '/patterns';

export type PatternsPage = ReturnType<typeof patternsPage>;

/** The states of a result, a report and a sending, as tones. */
const TONES = ['onTime', 'late', 'unknown', 'cancelled', 'refused'] as const;
const LOOKUP: Parameters<typeof lookingBar>[1] = {
  id: 'AAAAAAAAAAAAAAAAAAAAAA',
  agentId: '1',
  workerId: '7',
  reason: 'relation',
  caseNumber: 'C-2026-0417',
  name: 'Łukasz Dvořák',
  endsAt: `${TODAY}T09:15:00Z`,
};

export function patternsPage(lang: Lang) {
  const verdicts = words(lang, 'verdict');
  const hall = words(lang, 'hall');
  return {
    title: 'Patterns',
    tones: TONES,
    marks: (['onTime', 'late', 'unknown', 'cancelled'] as const).map((mark) => ({ mark, word: verdicts[mark] })),
    acting: { w: hall, acting: { text: 'Tempo Interim', change: '/capacity' } },
    looking: { looking: lookingBar(lang, LOOKUP, '') },
    ...workerParts(lang),
    ...deskParts(lang),
  };
}

export function patternsRoutes(): Route[] {
  return [forAll('GET', PATTERNS, ({ lang }) => page('patterns/patterns', patternsPage(lang)))];
}
