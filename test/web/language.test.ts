import { describe, expect, it } from 'vitest';
import { asLang, type Key, knows, rich, say, words } from '../../src/web/language.ts';

describe('messages', () => {
  it('fill in values and plurals', () => {
    expect(say('nl', 'filter.relations', { n: 1 })).toBe('1 arbeidsrelatie');
    expect(say('fr', 'filter.relations', { n: 0 })).toBe('Aucune relation de travail');
    expect(say('de', 'filter.relations', { n: 1200 })).toBe('1.200 Arbeitsverhältnisse');
  });

  it('throw when they are not there, or when a value is', () => {
    expect(() => say('nl', 'list.nothing' as Key)).toThrow('list.nothing');
    expect(() => say('nl', 'home.hello')).toThrow();
    expect(() => words('nl', 'home').hello).toThrow('home.hello');
  });

  it('come in pieces where something is stressed or linked', () => {
    const parts = rich(
      'en',
      'home.event.IN',
      { agency: '<i>A & B', user: 'Hotel', period: 'today' },
      { a: '/relations/1' },
    );
    expect(parts).toEqual([
      { text: '<i>A & B declared you at ', strong: false, href: null },
      { text: 'Hotel', strong: false, href: '/relations/1' },
      { text: ', today.', strong: false, href: null },
    ]);
  });

  it('tell which codes have words', () => {
    expect(knows('nl', 'types.STU')).toBe(true);
    expect(knows('nl', 'types.XYZ')).toBe(false);
  });
});

describe('languages', () => {
  it('are four, and nothing else is one', () => {
    expect(asLang('de')).toBe('de');
    expect(asLang('es')).toBeNull();
    expect(asLang(undefined)).toBeNull();
  });
});
