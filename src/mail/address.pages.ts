import { dayOfInstant } from '../platform/calendar-days.ts';
import { moment, plainDay } from '../web/dates.ts';
import { type Lang, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { CODE_MINUTES, type ConfirmedAddress, type PendingAddress } from './address.ts';
import type { Letter } from './letter.ts';

declare module '../web/views.ts' {
  interface Views {
    'mail/address': AddressPage;
  }
}

export interface AddressPage {
  title: string;
  w: Words<'address'>;
  /** What the last act did, in words; and what was wrong with what was typed. */
  said: string | null;
  fault: { text: string; field: 'address' | 'code' } | null;
  /** The address that mail goes to, and since when. */
  confirmed: { address: string; since: string } | null;
  pending: { sent: string; until: string } | null;
  /** Whether this installation sends mail. */
  isOn: boolean;
  actions: { ask: string; confirm: string; remove: string };
  /** Where somebody came from to confirm his address, and goes on. */
  comeBack: string;
  goOn: string | null;
  /** Who came for nothing else came from his keys. */
  back: { href: string; label: string } | null;
}

const DONE = ['confirmed', 'removed'] as const;
const FAULTS = { invalid: 'address', 'too-many': 'address', wrong: 'code', expired: 'address' } as const;

export interface AboutAddress {
  confirmed: ConfirmedAddress | null;
  pending: PendingAddress | null;
  isOn: boolean;
  said: unknown;
  comeBack: string;
  today: string;
}

/** Where mail goes, the code that is under way, and the form for another address. `said` is what the address of the page tells. */
export function addressPage(lang: Lang, about: AboutAddress): AddressPage {
  const { confirmed, pending, isOn, said, comeBack, today } = about;
  const w = words(lang, 'address');
  const done = DONE.find((one) => one === said);
  return {
    title: w.title,
    w,
    said: done ? w.said[done] : null,
    fault: faultOf(lang, said, pending),
    confirmed: confirmed && {
      address: confirmed.address,
      since: say(lang, 'address.since', { day: plainDay(lang, dayOfInstant(confirmed.confirmedAt)) }),
    },
    pending: pending && {
      sent: say(lang, 'address.sent', { address: pending.address }),
      until: say(lang, 'address.until', { moment: moment(lang, pending.expiresAt, today) }),
    },
    isOn,
    actions: { ask: paths.ADDRESS, confirm: paths.ADDRESS_CONFIRMATIONS, remove: paths.ADDRESS_REMOVALS },
    comeBack,
    goOn: comeBack !== paths.HOME && confirmed ? comeBack : null,
    back: comeBack === paths.HOME ? { href: paths.KEYS, label: say(lang, 'keys.back') } : null,
  };
}

function faultOf(lang: Lang, said: unknown, pending: PendingAddress | null): AddressPage['fault'] {
  if (typeof said !== 'string' || !Object.hasOwn(FAULTS, said)) return null;
  const fault = said as keyof typeof FAULTS;
  const field = FAULTS[fault];
  if (field === 'code' && !pending) return null;
  return { text: say(lang, `address.fault.${fault}`, { left: pending?.triesLeft ?? 0 }), field };
}

/** The letter with the code, to an address of which we do not know yet whose it is: it names nobody. */
export function codeLetter(lang: Lang, code: string, minutes: number = CODE_MINUTES): Letter {
  const w = words(lang, 'address').letter;
  return {
    subject: w.subject,
    paragraphs: [w.text],
    code,
    why: say(lang, 'address.letter.why', { minutes }),
  };
}
