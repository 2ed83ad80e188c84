import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import de from '../../locales/de.json' with { type: 'json' };
import en from '../../locales/en.json' with { type: 'json' };
import fr from '../../locales/fr.json' with { type: 'json' };
import nl from '../../locales/nl.json' with { type: 'json' };
import { LANGS, type Lang, LOCALE } from '../../src/web/language.ts';
import { unusedOf } from './locales.used.ts';

type Ast = ReturnType<IntlMessageFormat['getAst']>;
/** Marks of the ICU parser. */
const [TEXT, PLURAL, TAG] = [0, 6, 8];

const MESSAGES: Record<Lang, Map<string, string>> = {
  nl: new Map(leaves(nl)),
  fr: new Map(leaves(fr)),
  de: new Map(leaves(de)),
  en: new Map(leaves(en)),
};
const ALL = LANGS.flatMap((lang) => [...MESSAGES[lang]].map(([key, text]) => ({ lang, key, text })));
const asts = new Map(
  ALL.map(({ lang, key, text }) => [`${lang} ${key}`, new IntlMessageFormat(text, LOCALE[lang]).getAst()]),
);
const astOf = (lang: Lang, key: string) => asts.get(`${lang} ${key}`) ?? [];

function leaves(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string' ? [[path + name, value] as [string, string]] : leaves(value, `${path}${name}.`),
  );
}

/** What must be handed to a message: places with their kind (figures and counts take numbers), and tags. */
function placesOf(ast: Ast): string[] {
  const found = ast.flatMap((element): string[] => {
    if (element.type === TAG && 'children' in element) return [`<${element.value}>`, ...placesOf(element.children)];
    if ('options' in element)
      return [`${element.value}:n`, ...Object.values(element.options).flatMap(({ value }) => placesOf(value))];
    if (element.type === TEXT || !('value' in element)) return [];
    return [`${element.value}${element.type === 1 ? '' : ':n'}`];
  });
  return [...new Set(found)].sort();
}

const textsOf = (ast: Ast): string[] =>
  ast.flatMap((element) => {
    if (element.type === TEXT && 'value' in element) return [String(element.value)];
    if ('children' in element) return textsOf(element.children);
    return 'options' in element ? Object.values(element.options).flatMap(({ value }) => textsOf(value)) : [];
  });

/** The messages with a piece of text that a person would stumble over. */
const withText = (odd: RegExp, langs: readonly Lang[] = LANGS) =>
  ALL.filter(({ lang, key }) => langs.includes(lang) && textsOf(astOf(lang, key)).some((text) => odd.test(text))).map(
    ({ lang, key, text }) => `${lang} ${key}: ${text}`,
  );

describe('the four languages', () => {
  it.each(LANGS)('%s has every message and none of its own', (lang) => {
    expect([...MESSAGES[lang].keys()].sort()).toEqual([...MESSAGES.nl.keys()].sort());
  });

  it('ask for the same values and links in every message', () => {
    const differing = ALL.filter(
      ({ lang, key }) => placesOf(astOf(lang, key)).join() !== placesOf(astOf('nl', key)).join(),
    );
    expect(differing.map(({ lang, key }) => `${lang} ${key}: ${placesOf(astOf(lang, key))}`)).toEqual([]);
  });

  it('know one from many', () => {
    const plurals = ALL.flatMap(({ lang, key }) =>
      astOf(lang, key).flatMap((element) =>
        element.type === PLURAL && 'options' in element ? [{ lang, key, element }] : [],
      ),
    );
    const wrong = plurals.filter(({ element }) => !('one' in element.options) || !('other' in element.options));
    expect(wrong.map(({ lang, key }) => `${lang} ${key}`)).toEqual([]);
  });

  it('leave nothing empty or for later', () => {
    // Dutch and German write a word after the figures of an hour; French and English do not
    const silent = ['fr dates.hourWord', 'en dates.hourWord'];
    const poor = ALL.filter(({ text }) => text.trim() === '' || /TODO|FIXME|\?\?\?|lorem/i.test(text));
    expect(poor.map(({ lang, key }) => `${lang} ${key}`).filter((name) => !silent.includes(name))).toEqual([]);
  });

  it('keep no message that nobody shows', () => {
    expect(unusedOf([...MESSAGES.nl.keys()])).toEqual([]);
    const madeUp = ['list.madeUp', 'hall.madeUp', 'detail.madeUp', 'dates.madeUp', 'madeUp.title'];
    expect(unusedOf(madeUp)).toEqual(madeUp);
  });
});

describe('typography', () => {
  it('has no double spaces, and none at either end but where words are put together', () => {
    expect(withText(/ {2}|[\t\n]/)).toEqual([]);
    expect(ALL.filter(({ text }) => /\s$/.test(text))).toEqual([]);
  });

  it('uses curved quotes and apostrophes, real ellipses and no space before a full stop', () => {
    expect(withText(/['"`]/)).toEqual([]);
    expect(withText(/\.\.\.| [.,](?!\d)/)).toEqual([]);
  });

  it('keeps French double signs on the line of their word', () => {
    const torn = /(?<![\u00a0\u202f?!])[?!;]|(?<![\u00a0\u202f\d]):|«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»/;
    expect(withText(torn, ['fr'])).toEqual([]);
  });

  it('puts no space before signs in the other languages', () => {
    expect(withText(/[\s\u00a0\u202f][?!;:]/, ['nl', 'de', 'en'])).toEqual([]);
  });
});
