import { type Lang, type Part, rich, type Words, words } from './language.ts';
import * as paths from './paths.ts';
import { OUTSIDE, shortPage, type TextPage } from './public.pages.ts';

/** Help on getting in: a new PIN, the ways to sign in, and whether a computer is ready for a card. */

declare module './views.ts' {
  interface Views {
    'public/card': CardPage;
  }
}

/** Where the Interior's own page stands; it has none in German and English. */
const NEW_PIN: Partial<Record<Lang, string>> = {
  nl: 'https://www.ibz.rrn.fgov.be/nl/identiteitsdocumenten/eid/aanvraag-pincode/',
  fr: 'https://www.ibz.rrn.fgov.be/fr/citoyen/documents-didentite/eid/demande-dun-code-pin',
};

const toHelp = (lang: Lang): TextPage['back'] => ({ href: paths.HELP, label: words(lang, 'help').title });

export function pinPage(lang: Lang): TextPage {
  const links = { pin: NEW_PIN[lang] ?? OUTSIDE.pin };
  return shortPage(lang, 'pin', ['forgotten', 'blocked', 'notNow', 'meanwhile'], { back: toHelp(lang), links });
}

export function accessHelpPage(lang: Lang): TextPage {
  return shortPage(lang, 'accessHelp', ['eid', 'csam', 'token', 'safe'], { back: toHelp(lang) });
}

export interface CardPage {
  title: string;
  w: Words<'cardTest'>;
  back: NonNullable<TextPage['back']>;
  /** What the test looks at. Until then, and where no script runs, `check` says how to look oneself. */
  steps: { key: string; title: string; check: string; ok: string; bad: Part[] }[];
  hidden: Part[][];
  phone: Part[];
  signIn: string;
  script: string;
  /** Address of the demo's virtual card, without a slash at the end; null in production. */
  demoCard: string | null;
}

const STEPS = ['secure', 'extension', 'app', 'version'] as const;

/** Is everything there that a card needs, as far as a page can see? */
export function cardPage(lang: Lang, { script, demoCard }: { script: string; demoCard: string | null }): CardPage {
  const w = words(lang, 'cardTest');
  return {
    title: w.title,
    w,
    back: { href: paths.HELP_ACCESS, label: words(lang, 'accessHelp').title },
    steps: STEPS.map((key) => {
      const { title, check, ok } = w.step[key];
      return { key, title, check, ok, bad: rich(lang, `cardTest.step.${key}.bad`, {}, OUTSIDE) };
    }),
    hidden: (['s1', 's2', 's3'] as const).map((key) => rich(lang, `cardTest.hidden.${key}`, {}, OUTSIDE)),
    phone: rich(lang, 'cardTest.phone', {}, OUTSIDE),
    signIn: paths.SIGN_IN,
    script,
    demoCard,
  };
}
