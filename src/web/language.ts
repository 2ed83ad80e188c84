import { IntlMessageFormat } from 'intl-messageformat';
import de from '../../locales/de.json' with { type: 'json' };
import en from '../../locales/en.json' with { type: 'json' };
import fr from '../../locales/fr.json' with { type: 'json' };
import nl from '../../locales/nl.json' with { type: 'json' };

/** The four languages of every screen. Dutch is the source: its keys are the keys. */
export type Lang = 'nl' | 'fr' | 'de' | 'en';
export const LANGS: readonly Lang[] = ['nl', 'fr', 'de', 'en'];

/** Each language in its own words. */
export const LANGUAGE_NAMES: Record<Lang, string> = { nl: 'Nederlands', fr: 'Français', de: 'Deutsch', en: 'English' };

type Source = typeof nl;
type Leaves<T, P extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Leaves<T[K], `${P}${K}.`>;
}[keyof T & string];

/** Address of a message, e.g. `list.title`. */
export type Key = Leaves<Source>;
export type Section = keyof Source;
export type Words<S extends Section> = Source[S];
export type Values = Record<string, string | number>;

/** A piece of a sentence: plain, stressed, or a link. */
export interface Part {
  text: string;
  strong: boolean;
  href: string | null;
}

/** Tag for `Intl` (names, plurals, figures) as used in Belgium. */
export const LOCALE: Record<Lang, string> = { nl: 'nl-BE', fr: 'fr-BE', de: 'de-BE', en: 'en-GB' };

const SOURCES: Record<Lang, Source> = { nl, fr, de, en };
const PLAIN = 0; // the parser's mark of a piece of literal text

type Message = string | IntlMessageFormat;

function compile(text: string, lang: Lang): Message {
  const message = new IntlMessageFormat(text, LOCALE[lang]);
  const ast = message.getAst();
  return ast.every((element) => element.type === PLAIN) ? String(message.format()) : message;
}

interface Book {
  messages: Map<string, Message>;
  sections: Map<Section, object>;
}

function fill(book: Book, lang: Lang, tree: object, path: string): object {
  const section = {};
  for (const [name, value] of Object.entries(tree)) {
    const key = path + name;
    const entry = typeof value === 'string' ? compile(value, lang) : fill(book, lang, value, `${key}.`);
    if (typeof value === 'string') book.messages.set(key, entry as Message);
    if (entry instanceof IntlMessageFormat) {
      Object.defineProperty(section, name, {
        get() {
          throw new Error(`Message ${key} needs values: use say()`);
        },
      });
    } else Object.defineProperty(section, name, { value: entry, enumerable: true });
  }
  return Object.freeze(section);
}

function bookOf(lang: Lang): Book {
  const book: Book = { messages: new Map(), sections: new Map() };
  for (const [name, tree] of Object.entries(SOURCES[lang])) {
    book.sections.set(name as Section, fill(book, lang, tree, `${name}.`));
  }
  return book;
}

const BOOKS: Record<Lang, Book> = { nl: bookOf('nl'), fr: bookOf('fr'), de: bookOf('de'), en: bookOf('en') };

function messageOf(lang: Lang, key: string): Message {
  const message = BOOKS[lang].messages.get(key);
  if (message === undefined) throw new Error(`No message ${key} in ${lang}`);
  return message;
}

/** What was said of a small number, by language, key and number: pages count in the same words again and again. */
const COUNTED = new Map<string, string>();
const SMALL = 200;

/** The message in a language, its ICU places filled in. Throws on a missing key or value. */
export function say(lang: Lang, key: Key, values: Values = {}): string {
  const message = messageOf(lang, key);
  if (typeof message === 'string') return message;
  const { n, ...others } = values;
  const isCount =
    typeof n === 'number' && n >= 0 && n <= SMALL && Number.isInteger(n) && Object.keys(others).length === 0;
  if (!isCount) return String(message.format(values));
  const about = `${lang} ${key} ${n}`;
  const known = COUNTED.get(about) ?? String(message.format(values));
  COUNTED.set(about, known);
  return known;
}

/** Does the language know this address? For words of a code list that may grow (worker types, joint committees). */
export function knows(lang: Lang, key: string): key is Key {
  return BOOKS[lang].messages.has(key);
}

/** A message with `<b>` and `<a>` (or `<a2>` …) in it, as pieces; `links` gives each link tag its address. */
export function rich(lang: Lang, key: Key, values: Values = {}, links: Record<string, string> = {}): Part[] {
  const message = messageOf(lang, key);
  if (typeof message === 'string') return [plain(message)];
  const piece = (strong: boolean, href: string | null) => (chunks: unknown[]) => ({
    text: chunks.join(''),
    strong,
    href,
  });
  const tags = Object.fromEntries(Object.entries(links).map(([tag, href]) => [tag, piece(false, href)]));
  const made = message.format<Part>({ ...values, b: piece(true, null), ...tags });
  return (Array.isArray(made) ? made : [made]).map((part) => (typeof part === 'string' ? plain(part) : part));
}

/** A sentence without stress or link. */
export function plain(text: string): Part {
  return { text, strong: false, href: null };
}

/** The messages of a room that take no values, ready for a template; one that does take values throws when read here. */
export function words<S extends Section>(lang: Lang, section: S): Words<S> {
  return BOOKS[lang].sections.get(section) as Words<S>;
}

/** The language a visitor asked for, or null when it is none of ours. */
export function asLang(text: string | undefined): Lang | null {
  return LANGS.find((lang) => lang === text) ?? null;
}
