import { describe, expect, it } from 'vitest';
import nl from '../../locales/nl.json' with { type: 'json' };
import { accessHelpPage, pinPage } from '../../src/web/help.pages.ts';
import { LANGS, type Lang } from '../../src/web/language.ts';
import { accessibilityPage, helpPage, privacyPage, type TextPage } from '../../src/web/public.pages.ts';

type Chapter = Record<string, string>;

/** The texts of a section's chapters: `p1`, `s2`, … */
function countIn(section: object): number {
  const chapters = Object.values(section).filter((part): part is Chapter => typeof part === 'object');
  return chapters.flatMap((chapter) => Object.keys(chapter).filter((name) => /^[ps]\d$/.test(name))).length;
}

const PAGES: [string, object, (lang: Lang) => TextPage][] = [
  ['help', nl.help, helpPage],
  ['a new PIN', nl.pin, pinPage],
  ['access', nl.accessHelp, accessHelpPage],
  ['privacy', nl.privacy, privacyPage],
  ['accessibility', nl.accessibility, accessibilityPage],
];

describe.each(PAGES)('the page on %s', (_, section, pageIn) => {
  it.each(LANGS)('shows every text there is, with links and stress, in %s', (lang) => {
    const shown = pageIn(lang).chapters.flatMap(({ paragraphs, steps }) => [...paragraphs, ...steps]);
    expect(shown).toHaveLength(countIn(section));
    for (const sentence of shown) expect(sentence.map(({ text }) => text).join('')).not.toMatch(/[<>{}]/);
  });
});

describe('a new PIN', () => {
  it('is asked for at the Interior, in the language where it has a page of its own', () => {
    const hrefs = (lang: Lang) =>
      pinPage(lang)
        .chapters[0]?.paragraphs.flat()
        .map(({ href }) => href) ?? [];
    expect(hrefs('nl').join()).toContain('ibz.rrn.fgov.be/nl/identiteitsdocumenten/eid/aanvraag-pincode/');
    expect(hrefs('fr').join()).toContain('ibz.rrn.fgov.be/fr/citoyen/documents-didentite/eid/demande-dun-code-pin');
    for (const lang of ['de', 'en'] as const) expect(hrefs(lang)).toContain('https://www.ibz.rrn.fgov.be');
  });
});
