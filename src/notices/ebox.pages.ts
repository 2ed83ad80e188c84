import type { EboxLanguage } from '../deliveries/delivery.ts';
import type { Paper } from '../overviews/paper.ts';
import { say } from '../web/language.ts';
import type { NoticeLetter } from './notice.ts';

/** A notice as a paper for the eBox: it has no buttons, so where to look, and where to end it, is printed in full. */
export function noticePaper(lang: EboxLanguage, letter: NoticeLetter, madeAt: string): Paper {
  const { subject, paragraphs, facts, button, why, unsubscribe } = letter;
  const links = [button, ...(unsubscribe ? [unsubscribe] : [])];
  return {
    lang,
    brand: 'Interim@work',
    title: subject,
    fileTitle: subject,
    facts: [],
    chapters: [
      {
        heading: say(lang, 'noticeLetter.news'),
        facts,
        // the facts show how many there are
        entries: paragraphs.slice(facts.length > 0 ? 1 : 0).map((text) => ({ head: text, lines: [] })),
      },
      {
        heading: say(lang, 'noticeLetter.next'),
        facts: [],
        entries: links.map(({ label, href }) => ({ head: label, lines: [href] })),
      },
    ],
    source: why,
    pagePattern: say(lang, 'reportCase.page', { page: '{page}', pages: '{pages}' }),
    madeAt,
  };
}
