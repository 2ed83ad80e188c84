import { describe, expect, test } from 'vitest';
import { newCode } from '../../src/overviews/code.ts';
import type { OverviewDocument } from '../../src/overviews/document.ts';
import { overviewDocument } from '../../src/overviews/pdf.pages.ts';
import { renderPdf } from '../../src/overviews/pdf.ts';
import { parseFilter } from '../../src/relations/filter.ts';
import { LANGS, type Lang } from '../../src/web/language.ts';
import { hotelAstrid, workRelation } from '../samples.relations.ts';
import { elementsOf, readObjects, type StructureElement } from './objects.ts';
import { readPdf } from './reading.ts';

/** What PDF/UA-1 (ISO 14289-1) asks of such a document, clause by clause, and that we have it. Numbers are of its clauses. */

const SECTIONS = ['summary', 'list', 'calendar', 'timeline'] as const;

function document(lang: Lang): OverviewDocument {
  const relations = Array.from({ length: 45 }, (_, i) => {
    const startDate = `2026-${String(1 + (i % 9)).padStart(2, '0')}-${String(1 + (i % 27)).padStart(2, '0')}`;
    const over = { periodId: String(656309300000 + i), startDate, endDate: startDate, cancelled: i % 9 === 4 };
    return i % 2 ? workRelation(over) : hotelAstrid(over);
  });
  const { filter } = parseFilter({}, '2026-11-23');
  const order = {
    language: lang,
    filter,
    sections: [...SECTIONS],
    fullInsz: false,
    name: 'Ștefan Çelik',
    insz: '85073003328',
  };
  const made = { today: '2026-11-23', madeAt: '2026-11-23T17:03:11Z', reference: '7K2F93QD' };
  return overviewDocument(order, relations, { ...made, code: newCode(), publicUrl: 'https://interim.example.org' });
}

/** The standard structure types of ISO 32000-1, 14.8.4, that we use: none of our own, so no role map. */
const STANDARD = ['Document', 'H1', 'H2', 'P', 'Link', 'Figure', 'Table', 'THead', 'TBody', 'TR', 'TH', 'TD'];
const PARENTS: Record<string, string[]> = {
  Document: [''],
  H1: ['Document'],
  H2: ['Document'],
  P: ['Document'],
  Link: ['P'],
  Figure: ['Document'],
  Table: ['Document'],
  THead: ['Table'],
  TBody: ['Table'],
  TR: ['THead', 'TBody'],
  TH: ['TR'],
  TD: ['TR'],
};

describe.each(LANGS)('an overview in %s', async (lang) => {
  const source = document(lang);
  const bytes = renderPdf(source);
  const pdf = await readPdf(bytes);
  const objects = readObjects(bytes);
  const elements = elementsOf(objects);
  const of = (tag: string) => elements.filter((element) => element.tag === tag);

  test('5: says that it is PDF/UA-1, in its metadata', () => {
    expect(pdf.xmp).toMatch(/xmlns:pdfuaid="http:\/\/www\.aiim\.org\/pdfua\/ns\/id\/"/);
    expect(pdf.xmp).toContain('<pdfuaid:part>1</pdfuaid:part>');
  });

  test('7.1: everything is tagged or an artifact, in standard tags, each in a place where it may stand', () => {
    expect(objects.catalog).toMatch(/\/MarkInfo/);
    expect(pdf.marked).toBe(true);
    for (const page of pdf.pages) expect(page.loose.trim()).toBe('');
    expect([...new Set(elements.map(({ tag }) => tag))].sort()).toEqual([...STANDARD].sort());
    for (const { tag, parent } of elements) expect(PARENTS[tag], `${tag} in ${parent}`).toContain(parent);
    expect(objects.text).not.toContain('/RoleMap');
  });

  test('7.1: the title is there, in the metadata too, and shown instead of the file’s name', () => {
    expect(pdf.info.Title).toBe(source.fileTitle);
    expect(pdf.xmp).toContain(source.fileTitle);
    expect(objects.text).toMatch(/\/DisplayDocTitle true/);
  });

  test('7.2: the language is named', () => {
    expect(objects.catalog).toContain(`/Lang (${lang})`);
  });

  test('7.3: every picture says in words what it shows, and where it stands', () => {
    const figures = of('Figure');
    expect(figures).toHaveLength(1 + 9); // the code, and nine months
    for (const { text } of figures) {
      expect(text).toMatch(/\/Alt \(.{10,}/s);
      expect(text).toMatch(/\/BBox \[[\d. ]+\]/);
    }
  });

  test('7.4: headings begin with one H1 and skip no level; 7.17: each is a bookmark', () => {
    const headings = elements.filter(({ tag }) => /^H\d$/.test(tag)).map(({ tag }) => tag);
    expect(headings).toEqual(['H1', 'H2', 'H2', 'H2', 'H2']);
    expect(pdf.bookmarks).toEqual([source.title, ...source.sections.map(({ heading }) => heading)]);
  });

  test('7.5: tables have heads with a scope, and as many cells in each row', () => {
    const tables = of('Table');
    expect(tables).toHaveLength(3);
    const heads = of('TH');
    expect(heads.filter(({ text }) => !/\/Scope \/(Column|Row)/.test(text))).toEqual([]);
    const sections = source.sections.filter((section) => section.kind !== 'calendar');
    tables.forEach((table, i) => {
      const section = sections[i];
      const rows = elements.filter(({ tag, path }) => tag === 'TR' && path.includes(table.number));
      expect(rows.length).toBe((section?.rows.length ?? 0) + 1);
      const cells = (row: StructureElement) => elements.filter(({ path }) => path.at(-1) === row.number).length;
      for (const row of rows) expect(cells(row)).toBe(section?.columns.length);
    });
  });

  test('7.8: what repeats itself on later pages is an artifact', () => {
    for (const page of pdf.pages.slice(1)) {
      expect(page.artifacts).toContain(source.fileTitle);
      expect(page.artifacts).toContain('Interim');
    }
    expect(of('THead')).toHaveLength(3);
  });

  test('7.18: a link is inside Link, says where it leads, and the pages’ tab order follows the structure', () => {
    const links = objects.all.filter(({ text }) => /\/Subtype \/Link/.test(text));
    expect(links).toHaveLength(1);
    expect(links[0]?.text).toMatch(/\/Contents \(https:\/\/interim\.example\.org\/verify\/\w{20}\)/);
    expect(links[0]?.text).toMatch(/\/StructParent \d+/);
    expect(of('Link')[0]?.text).toContain(`/Obj ${links[0]?.number} 0 R`);
    const pages = objects.all.filter(({ text }) => /\/Type \/Page\n/.test(text));
    expect(pages).toHaveLength(pdf.pages.length);
    for (const page of pages) expect(page.text).toContain('/Tabs /S');
  });

  test('7.21: fonts are embedded subsets that know which letters they draw', () => {
    for (const page of pdf.pages) expect(page.missingFonts).toEqual([]);
    const fonts = objects.all.filter(({ text }) => /\/Type \/Font\n/.test(text) && /\/Subtype \/Type0/.test(text));
    expect(fonts).toHaveLength(2);
    for (const { text } of fonts) expect(text).toMatch(/\/BaseFont \/[A-Z]{6}\+SourceSans3[\s\S]*\/ToUnicode/);
  });

  test('has nothing that PDF/UA forbids: scripts, encryption, forms of another kind, flashing', () => {
    expect(objects.text).not.toMatch(/\/(JavaScript|JS|Encrypt|XFA|Movie|Sound|RichMedia) /);
  });
});
