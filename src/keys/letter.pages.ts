import type { Letter, Sender } from '../mail/letter.ts';
import { dayOfInstant } from '../platform/calendar-days.ts';
import { moment } from '../web/dates.ts';
import { type Lang, say, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import type { Act } from './history.ts';

declare module '../mail/letter.ts' {
  interface Letters {
    keys: { act: Act; at: string };
  }
}

/** Tells a worker what changed about his keys; it holds nothing that opens anything. */
export function keysLetter(lang: Lang, { act, at }: { act: Act; at: string }, { publicUrl }: Sender): Letter {
  const w = words(lang, 'keys').letter;
  return {
    subject: w.subject,
    paragraphs: [w.text, w.notYou],
    facts: [
      { label: w.what, value: say(lang, `keys.act.${act}`) },
      { label: w.when, value: moment(lang, at, dayOfInstant(at)) },
    ],
    button: { label: w.button, href: publicUrl + paths.KEYS },
    why: w.why,
  };
}
