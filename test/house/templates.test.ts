import { parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { samplesIn } from '../samples.ts';
import { elementsOf, engine, hallIn } from './rendering.ts';
import { filesUnder, textOf } from './sources.ts';

const FILES = filesUnder('views', '.eta');
const VIEWS = FILES.map((file) => file.slice('views/'.length, -'.eta'.length)).filter((name) => name.includes('/'));
const PAGES = VIEWS.filter((name) => !name.startsWith('parts/'));

describe('template sources', () => {
  it.each(FILES)('%s writes nothing raw but parts', (file) => {
    const raw = textOf(file).match(/<%~[\s\S]*?%>/g) ?? [];
    const allowed = /^<%~ (include\('\/parts\/[\w-]+', it\)|it\.body) %>$/;
    expect(raw.filter((tag) => !allowed.test(tag))).toEqual([]);
    expect(textOf(file)).not.toMatch(/<%[-_]?\s*(await|console)|process\./);
  });

  it.each(FILES)('%s quotes every attribute', (file) => {
    const html = textOf(file)
      .replace(/<%[=~][\s\S]*?%>/g, '§')
      .replace(/<%[\s\S]*?%>/g, '');
    const tags = html.match(/<[a-zA-Z][^>]*>/g) ?? [];
    expect(tags.filter((tag) => /=\s*[^"\s]/.test(tag.replace(/="[^"]*"/g, '')))).toEqual([]);
    const computed = tags.filter((tag) => tag.replace(/="[^"]*"/g, '').includes('§'));
    expect(computed, 'a value written outside the quotes of an attribute').toEqual([]);
  });

  it('include only parts that exist, and no part is left over', () => {
    const included = FILES.flatMap((file) =>
      [...textOf(file).matchAll(/include\('\/([^']+)', it\)/g)].map((m) => m[1]),
    );
    const parts = VIEWS.filter((name) => name.startsWith('parts/'));
    expect([...new Set(included)].sort()).toEqual(parts.sort());
  });

  it('are the views that the pages name, each with samples', () => {
    const samples = samplesIn('nl');
    expect(Object.keys(samples).sort()).toEqual(PAGES.sort());
    for (const [view, models] of Object.entries(samples)) expect(models.length, view).toBeGreaterThan(0);
  });
});

describe('whatever a model holds', () => {
  const EVIL = `"'><img src=x onerror=alert(1)><%= 1 %>`;
  const poisoned = (value: unknown): unknown => {
    if (typeof value === 'string') return value + EVIL;
    if (Array.isArray(value)) return value.map(poisoned);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, poisoned(inner)]));
  };

  it('stays text', () => {
    for (const [view, models] of Object.entries(samplesIn('nl')))
      for (const model of models as object[]) {
        const html = engine.render(view, { ...(poisoned(model) as object), hall: poisoned(hallIn('nl', true)) });
        const elements = elementsOf(parse(html));
        expect(
          elements.filter(({ tagName }) => tagName === 'img'),
          view,
        ).toEqual([]);
        expect(
          elements.flatMap(({ attrs }) => attrs).filter(({ name }) => name === 'onerror'),
          view,
        ).toEqual([]);
      }
  });
});
