import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCHEMA } from '../../src/config.ts';
import { filesUnder, ROOT, textOf } from './sources.ts';

const tests = filesUnder('test', '.test.ts').map((file) => file.slice('test/'.length));

/** The rows of every table of a page, cell by cell. */
function rowsOf(page: string): string[][] {
  return textOf(page)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** Test files named in code, where one may stand for many: `identity/csam*.test.ts`. */
function testsNamed(page: string): string[] {
  return [...textOf(page).matchAll(/`([\w./*-]+\.test\.ts)`/g)].map((found) => found[1] ?? '');
}

const isOneOf = (named: string) =>
  tests.some((file) => path.matchesGlob(file, named) || (!named.includes('/') && file.endsWith(`/${named}`)));

describe('docs/security.md', () => {
  it('names tests that exist', () => {
    const named = testsNamed('docs/security.md');
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter((name) => !isOneOf(name.replace(/^test\//, '')))).toEqual([]);
  });

  it('names each item of the standard once, and says what holds it or why nothing does', () => {
    const items = rowsOf('docs/security.md').filter(([item = '']) => /^\d+\.\d+\.\d+/.test(item));
    const ids = items.flatMap(([item = '']) => item.split(',').map((id) => id.trim()));
    expect(ids.length).toBeGreaterThan(50);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    const untold = items.filter(([, , met = '', test]) => test === '–' && !/n\/a|\*no\*/i.test(met));
    expect(untold.map(([item]) => item)).toEqual([]);
  });
});

describe('docs/threats.md', () => {
  it('lists keys by variables that exist', () => {
    const named = rowsOf('docs/threats.md').flatMap(([key = '']) => [...key.matchAll(/`([A-Z][A-Z_]+)`/g)]);
    const unknown = named.map((found) => found[1] ?? '').filter((name) => !(name in SCHEMA.shape));
    expect(named.length).toBeGreaterThan(1);
    expect(unknown).toEqual([]);
  });
});

describe('SECURITY.md', () => {
  it('leads to pages that exist', () => {
    const links = [...textOf('SECURITY.md').matchAll(/\]\(([^)#]+)/g)].map((found) => found[1] ?? '');
    expect(links.length).toBeGreaterThan(1);
    expect(links.filter((link) => !existsSync(path.join(ROOT, link)))).toEqual([]);
  });
});
