import { type Lang, type Part, rich, say, type Words, words } from '../../web/language.ts';
import * as paths from '../../web/paths.ts';

declare module '../../web/views.ts' {
  interface Views {
    'identity/token': TokenPage;
    'identity/token-code': TokenCodePage;
  }
}

/** What the step before led to, as the address tells it. */
export interface TokenSaying {
  said: unknown;
  minutes: unknown;
  /** Own path to return to; '/' when there is no wish. */
  comeBack: string;
  /** Where the demo shows its tokens; null in production. */
  demo: string | null;
}

export interface TokenPage {
  title: string;
  w: Words<'token'>;
  fault: string | null;
  /** Whether the fault is in what was typed here. */
  isTyped: boolean;
  action: string;
  comeBack: string;
  other: string;
  none: Part[];
  demo: Part[] | null;
}

const FAULTS = ['wrong', 'card', 'start', 'ended'] as const;
/** Blocks last a day at most. */
const LONGEST = 24 * 60;

/** The first step: user name and password. */
export function tokenPage(lang: Lang, { said, minutes, comeBack, demo }: TokenSaying): TokenPage {
  const w = words(lang, 'token');
  return {
    title: w.title,
    w,
    fault: faultOf(lang, said, minutes),
    isTyped: said === 'wrong',
    action: paths.TOKEN_SIGN_IN,
    comeBack,
    other: paths.signIn(comeBack),
    none: rich(lang, 'token.none', {}, { keys: paths.KEYS }),
    demo: demo === null ? null : rich(lang, 'token.demo', {}, { cards: demo }),
  };
}

export interface TokenCodePage {
  title: string;
  w: Words<'token'>;
  fault: string | null;
  lead: Part[];
  label: string;
  action: string;
  comeBack: string;
  again: string;
  demo: Part[] | null;
}

/** The second step: the code of the number that is asked. */
export function tokenCodePage(
  lang: Lang,
  number: number,
  { said, minutes, comeBack, demo }: TokenSaying,
): TokenCodePage {
  const w = words(lang, 'token');
  return {
    title: say(lang, 'token.codeTitle', { number }),
    w,
    fault: said === 'code' ? w.fault.code : said === 'blocked' ? blocked(lang, minutes) : null,
    lead: rich(lang, 'token.codeLead', { number }),
    label: say(lang, 'token.code', { number }),
    action: paths.TOKEN_SIGN_IN,
    comeBack,
    again: paths.tokenSignIn(new URLSearchParams({ again: '1', return: comeBack }).toString()),
    demo: demo === null ? null : rich(lang, 'token.demo', {}, { cards: demo }),
  };
}

function faultOf(lang: Lang, said: unknown, minutes: unknown): string | null {
  if (said === 'blocked') return blocked(lang, minutes);
  const known = FAULTS.find((one) => one === said);
  return known ? words(lang, 'token').fault[known] : null;
}

function blocked(lang: Lang, told: unknown): string {
  const minutes = Number(told);
  const isKnown = Number.isInteger(minutes) && minutes > 0 && minutes <= LONGEST;
  return say(lang, 'token.fault.blocked', { minutes: isKnown ? minutes : 15 });
}
