import { type Lang, type Part, plain, rich, say, type Words, words } from '../web/language.ts';
import * as paths from '../web/paths.ts';
import { type MethodName, STEP_UP } from './visitor.ts';

declare module '../web/views.ts' {
  interface Views {
    'identity/sign-in': SignInPage;
    'identity/signed-out': SignedOutPage;
  }
}

export interface SignInPage {
  title: string;
  w: Words<'signIn'>;
  lang: Lang;
  /** What he reads first: why he signs in, or proves himself once more. */
  lead: string;
  /** The try before failed; null when there was none. */
  failed: string | null;
  /** The card in a reader, by a script; null where it is not offered. */
  eid: EidOffer | null;
  /** The other ways, each with an address of its own. */
  ways: { title: string; text: string; start: string; href: string }[];
  comeBack: string;
}

interface EidOffer {
  challenge: string;
  submit: string;
  script: string;
  /** Address of the demo's virtual card, without a slash at the end; null in production. */
  demoCard: string | null;
  words: { key: string; text: string }[];
  faults: { key: string; text: Part[] }[];
  needs: Part[][];
  pin: string;
  test: string;
}

/** `passing`: nothing speaks against him, but his card could not be looked up. `away`: who would vouch for him does not answer. */
export type Failed = 'no' | 'passing' | 'away';

export interface SignInChoice {
  methods: { name: MethodName; start: ((back: string, isAgain?: boolean) => string) | null }[];
  /** Whether he is here already, and is asked for a proof that is stronger or newer. */
  isAgain?: boolean;
  /** The try before. */
  failed?: Failed;
  /** Own path to return to; '/' when there is no wish. */
  comeBack: string;
  /** Address of the page script that speaks to the card software. */
  script: string;
  demoCard: string | null;
}

/** Faults that the help on the PIN may solve, and those that need the card software installed. */
const PIN_FAULTS: readonly string[] = ['CARD_FAILED', 'USER_CANCELLED'];
const SOFTWARE_FAULTS: readonly string[] = ['EXTENSION_UNAVAILABLE', 'NATIVE_UNAVAILABLE', 'VERSION_MISMATCH'];

/** The sign-in page: the ways to sign in, what one needs, and the words for every step and fault of the card script. */
export function signInPage(lang: Lang, choice: SignInChoice): SignInPage {
  const w = words(lang, 'signIn');
  const { methods, comeBack, failed } = choice;
  return {
    title: choice.isAgain ? w.again.title : w.title,
    w,
    lang,
    lead: choice.isAgain ? say(lang, 'signIn.again.lead', { minutes: STEP_UP.minutes }) : w.lead,
    failed: failed ? w.failed[failed] : null,
    eid: methods.some(({ name }) => name === 'eid') ? eidOffer(lang, choice) : null,
    ways: methods.flatMap(({ name, start }) =>
      start ? [{ ...w.way[name as keyof typeof w.way], href: start(comeBack, choice.isAgain) }] : [],
    ),
    comeBack,
  };
}

function eidOffer(lang: Lang, { script, demoCard }: SignInChoice): EidOffer {
  const w = words(lang, 'signIn');
  const more = (text: string, href: string): Part[] => [plain(`${text} `), { text: w.faultHelp, strong: false, href }];
  return {
    challenge: paths.EID_CHALLENGE,
    submit: paths.EID,
    script,
    demoCard,
    words: [
      { key: 'waiting', text: w.waiting },
      { key: 'signing', text: w.signing },
    ],
    faults: Object.entries(w.fault).map(([key, text]) => {
      if (PIN_FAULTS.includes(key)) return { key, text: more(text, paths.HELP_PIN) };
      return { key, text: SOFTWARE_FAULTS.includes(key) ? more(text, paths.HELP_CARD) : [plain(text)] };
    }),
    needs: [
      rich(lang, 'signIn.need.card'),
      rich(lang, 'signIn.need.reader'),
      rich(lang, 'signIn.need.software', {}, { a: 'https://eid.belgium.be', a2: 'https://web-eid.eu' }),
    ],
    pin: paths.HELP_PIN,
    test: paths.HELP_CARD,
  };
}

export interface SignedOutPage {
  title: string;
  w: Words<'signedOut'>;
  signIn: string;
}

export function signedOutPage(lang: Lang): SignedOutPage {
  const w = words(lang, 'signedOut');
  return { title: w.title, w, signIn: paths.SIGN_IN };
}
