import { dayOfInstant } from '../platform/calendar-days.ts';
import { plainDay } from '../web/dates.ts';
import { type Lang, say, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import type { CardPrint } from './card.pdf.ts';

/** The print of a card in words. `address` is the portal's own. */
export function cardPrint(
  lang: Lang,
  { codes, name, now, address }: { codes: string[]; name: string; now: string; address: string },
): CardPrint {
  const { print } = words(lang, 'keys');
  return {
    lang,
    brand: 'Interim@work',
    title: print.title,
    fileTitle: print.fileTitle,
    name,
    requested: say(lang, 'keys.print.requested', { day: plainDay(lang, dayOfInstant(now)) }),
    codes,
    heads: [print.number, print.code],
    how: print.how,
    steps: [
      print.how1,
      print.how2,
      say(lang, 'keys.print.how3', { address: address + paths.TOKEN_SIGN_IN }),
      print.how4,
    ],
    never: print.never,
    madeAt: now,
  };
}
