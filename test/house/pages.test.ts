import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { describe, expect, it } from 'vitest';
import { LANGS } from '../../src/web/language.ts';
import { leadsSomewhere } from './addresses.ts';
import { attribute, elementsOf, rendered, textIn } from './rendering.ts';

describe.each(LANGS)('pages in %s', (lang) => {
  const pages = rendered(lang).map((page) => {
    const faults: string[] = [];
    const root = parse(page.html, {
      onParseError: ({ code, startLine }) => faults.push(`${code} in line ${startLine}`),
    });
    return { ...page, faults, root, elements: elementsOf(root) };
  });
  const each = (check: (page: (typeof pages)[number]) => unknown) =>
    pages
      .map((page) => ({ what: page.what, found: check(page) }))
      .filter(({ found }) => (found as unknown[]).length > 0);

  it('are HTML without faults', () => {
    expect(each(({ faults }) => faults)).toEqual([]);
  });

  it('have one h1, a title and the right language', () => {
    for (const { what, elements } of pages) {
      const h1 = elements.filter(({ tagName }) => tagName === 'h1').map(textIn);
      expect(h1, what).toHaveLength(1);
      expect(h1[0]?.trim(), what).not.toBe('');
      expect(attribute(elements[0] as Tree.Element, 'lang'), what).toBe(lang);
      expect(textIn(elements.find(({ tagName }) => tagName === 'title') as Tree.Element), what).toMatch(
        /^\S.* – Interim@work$/,
      );
    }
  });

  it('skip no level of heading', () => {
    expect(
      each(({ elements }) => {
        const levels = elements.flatMap(({ tagName }) => (/^h[1-6]$/.test(tagName) ? Number(tagName[1]) : []));
        return levels.filter((level, i) => level > (levels[i - 1] ?? 0) + 1);
      }),
    ).toEqual([]);
  });

  it('say nothing that only a program understands', () => {
    const odd = /undefined|\[object|NaN|\bnull\b|\bInvalid\b|<%|%>|\{\w+[,}]/;
    expect(each(({ html }) => html.match(odd) ?? [])).toEqual([]);
  });

  it('have ids once, and only point at ids that are there', () => {
    expect(
      each(({ elements }) => {
        const ids = elements.flatMap((element) => attribute(element, 'id') ?? []);
        const pointing = ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls'];
        const wanted = elements.flatMap((element) => [
          ...pointing.flatMap((name) => attribute(element, name)?.split(' ') ?? []),
          ...(attribute(element, 'href')?.startsWith('#') ? [attribute(element, 'href')?.slice(1) ?? ''] : []),
        ]);
        return [...ids.filter((id, i) => ids.indexOf(id) !== i), ...wanted.filter((id) => !ids.includes(id))];
      }),
    ).toEqual([]);
  });

  it('carry no style or script of their own', () => {
    expect(
      each(({ elements }) =>
        elements.flatMap(({ tagName, attrs }) => [
          ...(tagName === 'style' || (tagName === 'script' && !attrs.some(({ name }) => name === 'src'))
            ? [tagName]
            : []),
          ...attrs.filter(({ name, value }) => name === 'style' || /^on/.test(name) || /^javascript:/i.test(value)),
        ]),
      ),
    ).toEqual([]);
  });

  it('label every field, button and link', () => {
    expect(
      each(({ elements }) => {
        const labelled = new Set(
          elements.filter(({ tagName }) => tagName === 'label').map((label) => attribute(label, 'for')),
        );
        const inLabel = new Set(elements.filter(({ tagName }) => tagName === 'label').flatMap(elementsOf));
        const named = (element: Tree.Element) =>
          attribute(element, 'aria-label') ?? attribute(element, 'aria-labelledby');
        const fields = elements.filter(
          (element) => /^(input|select|textarea)$/.test(element.tagName) && attribute(element, 'type') !== 'hidden',
        );
        const silent = elements.filter(({ tagName }) => /^(a|button|summary|h[1-6]|legend|caption)$/.test(tagName));
        return [
          ...fields.filter((field) => !labelled.has(attribute(field, 'id')) && !inLabel.has(field) && !named(field)),
          ...silent.filter((element) => textIn(element).trim() === '' && !named(element)),
        ].map((element) => `${element.tagName} ${JSON.stringify(element.attrs)}`);
      }),
    ).toEqual([]);
  });

  it('lead only to addresses that exist', () => {
    expect(
      each(({ elements }) =>
        elements.flatMap((element) => {
          const isForm = element.tagName === 'form';
          const to = attribute(element, isForm ? 'action' : 'href') ?? '';
          if (!to.startsWith('/') || element.tagName === 'link') return [];
          const method = isForm ? (attribute(element, 'method') ?? 'get').toUpperCase() : 'GET';
          return leadsSomewhere(method, to.replace(/[?#].*/, '')) ? [] : `${method} ${to}`;
        }),
      ),
    ).toEqual([]);
  });

  it('lead to chapters that are there', () => {
    const ids = new Set(
      pages.flatMap(({ what, elements }) =>
        what.startsWith('public/text') ? elements.map((e) => attribute(e, 'id')) : [],
      ),
    );
    const chapters = pages.flatMap(({ elements }) =>
      elements.flatMap((element) => attribute(element, 'href')?.match(/^\/help#(.+)/)?.[1] ?? []),
    );
    expect([...new Set(chapters)].filter((chapter) => !ids.has(chapter))).toEqual([]);
  });
});
