import { type Key, type Lang, type Part, plain, rich, say, type Words, words } from './language.ts';
import * as paths from './paths.ts';

/** The pages everybody may read: the front door, help, the two statements, and what to say when something is in the way. */

declare module './views.ts' {
  interface Views {
    'public/landing': LandingPage;
    'public/text': TextPage;
    'public/error': ErrorPage;
  }
}

export interface LandingPage {
  title: string;
  w: Words<'landing'>;
  signIn: string;
  help: string;
  points: { title: string; text: string }[];
}

/** The front door for who is not signed in. */
export function landingPage(lang: Lang): LandingPage {
  const w = words(lang, 'landing');
  return {
    title: w.title,
    w,
    signIn: paths.SIGN_IN,
    help: paths.HELP,
    points: [w.see, w.check, w.keep].map(({ title, text }) => ({ title, text })),
  };
}

/** A page of text in chapters. */
export interface TextPage {
  title: string;
  lead: string;
  /** Links to the chapters; empty on a short page. */
  contents: { href: string; label: string }[];
  contentsLabel: string;
  chapters: Chapter[];
  back: { href: string; label: string } | null;
}

interface Chapter {
  id: string;
  title: string;
  paragraphs: Part[][];
  steps: Part[][];
}

/** Where the link tags of texts lead. */
export const OUTSIDE = {
  nsso: 'https://www.socialsecurity.be',
  eid: 'https://eid.belgium.be',
  webeid: 'https://web-eid.eu',
  pin: 'https://www.ibz.rrn.fgov.be',
  help: paths.HELP,
  contact: paths.help('contact'),
  pinHelp: paths.HELP_PIN,
  csam: 'https://www.csam.be',
  access: paths.HELP_ACCESS,
  card: paths.HELP_CARD,
  signIn: paths.SIGN_IN,
} as const;

const HELP: [
  paths.HelpChapter | 'what',
  'what' | 'notDeclared' | 'late' | 'cancelled' | 'changed' | 'wrongCompany' | 'signIn' | 'contact',
][] = [
  ['what', 'what'],
  ['not-declared', 'notDeclared'],
  ['late', 'late'],
  ['cancelled', 'cancelled'],
  ['changed', 'changed'],
  ['wrong-company', 'wrongCompany'],
  ['sign-in', 'signIn'],
  ['contact', 'contact'],
];

/** Each chapter's texts are the messages of its section, in their order: `p…` paragraphs, `s…` steps. */
function chapter(lang: Lang, id: string, section: string, texts: object, links: Record<string, string> = {}): Chapter {
  const of = (letter: string) =>
    Object.getOwnPropertyNames(texts) // those with links are not enumerable: they cannot be read without
      .filter((name) => name.startsWith(letter) && /^\d$/.test(name.slice(1)))
      .map((name) => rich(lang, `${section}.${name}` as Key, {}, { ...OUTSIDE, ...links }));
  return { id, title: say(lang, `${section}.title` as Key), paragraphs: of('p'), steps: of('s') };
}

export function helpPage(lang: Lang): TextPage {
  const w = words(lang, 'help');
  const chapters = HELP.map(([id, name]) => chapter(lang, id, `help.${name}`, w[name]));
  return {
    title: w.title,
    lead: w.lead,
    contents: chapters.map(({ id, title }) => ({ href: `#${id}`, label: title })),
    contentsLabel: w.contents,
    chapters,
    back: null,
  };
}

/** A page without a table of contents; `links` leads tags of this page elsewhere. */
export function shortPage(
  lang: Lang,
  section: 'pin' | 'accessHelp' | 'privacy' | 'accessibility',
  names: string[],
  { back = null, links = {} }: { back?: TextPage['back']; links?: Record<string, string> } = {},
): TextPage {
  const w = words(lang, section) as unknown as Record<string, object> & { title: string; lead: string };
  const chapters = names.map((name) => chapter(lang, name, `${section}.${name}`, w[name] ?? {}, links));
  return { title: w.title, lead: w.lead, contents: [], contentsLabel: '', chapters, back };
}

export function privacyPage(lang: Lang): TextPage {
  return shortPage(lang, 'privacy', ['what', 'who', 'kept', 'rights', 'cookies']);
}

export function accessibilityPage(lang: Lang): TextPage {
  return shortPage(lang, 'accessibility', ['status', 'how', 'known', 'contact']);
}

export interface ErrorPage {
  title: string;
  w: Words<'error'>;
  text: Part[];
  next: { label: string; href: string };
  reference: string;
}

const KINDS: Record<
  number,
  'missing' | 'signIn' | 'notAllowed' | 'notReady' | 'gone' | 'tooLarge' | 'tooMany' | 'away'
> = {
  401: 'signIn',
  403: 'notAllowed',
  404: 'missing',
  409: 'notReady',
  410: 'gone',
  413: 'tooLarge',
  429: 'tooMany',
  503: 'away',
};

/** Seconds. What must wait longer has to do with how much one person asks, not with how fast. */
const A_MINUTE = 60;

/** What went wrong in words, with a next step and a reference to quote; the status itself is not shown. */
export function errorPage(lang: Lang, status: number, reference: string, retryAfter = 0): ErrorPage {
  const w = words(lang, 'error');
  const isEnough = status === 429 && retryAfter > A_MINUTE;
  const kind = isEnough ? 'enough' : (KINDS[status] ?? (status >= 500 ? 'broken' : 'notUnderstood'));
  const { title, text, next } = w[kind];
  const href =
    kind === 'signIn' ? paths.SIGN_IN : kind === 'gone' || kind === 'notReady' ? paths.OVERVIEWS : paths.HOME;
  return { title, w, text: [plain(text)], next: { label: next, href }, reference };
}

/** For whoever comes when too much is asked at once. */
export function busyPage(lang: Lang, reference: string): ErrorPage {
  const w = words(lang, 'error');
  const { title, text, next } = w.busy;
  return { title, w, text: [plain(text)], next: { label: next, href: paths.HOME }, reference };
}
