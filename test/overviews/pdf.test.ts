import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ListSection, OverviewRow } from '../../src/overviews/document.ts';
import { printable, regular } from '../../src/overviews/pdf.font.ts';
import { layOut } from '../../src/overviews/pdf.layout.ts';
import { SIZES } from '../../src/overviews/pdf.sheet.ts';
import { COLUMNS, type TablePart } from '../../src/overviews/pdf.table.ts';
import { renderPdf } from '../../src/overviews/pdf.ts';
import { wrap } from '../../src/overviews/pdf.wrap.ts';
import { all, bodyRows, readPdf } from './reading.ts';
import { sampleDocument, sampleRow, sampleRows, WORDS } from './samples.ts';

/** What the list lays on each page. */
const partsOf = (rows: OverviewRow[]) => layOut(sampleDocument(rows)).pages.map((parts) => parts as TablePart[]);
const printedCells = (row: OverviewRow) => [...row.cells, [row.verdictWord, ...row.notes].join('')];
const tight = (rows: string[][]) => rows.map((row) => row.map((cell) => cell.replaceAll(' ', '')));

describe('an overview of 60 rows', async () => {
  const rows = sampleRows(60);
  const pdf = await readPdf(renderPdf(sampleDocument(rows)));
  const [first] = pdf.pages;
  if (first === undefined) throw new Error('no page');

  test('is a tagged PDF 1.7 that names its language, title and date', () => {
    expect(pdf.marked).toBe(true);
    expect(pdf.info).toMatchObject({
      PDFFormatVersion: '1.7',
      Language: 'nl',
      Title: 'Overview of work relations of Łukasz Dvořák',
      CreationDate: 'D:20261123170311Z',
    });
    expect(pdf.xmp).toContain('<pdfuaid:part>1</pdfuaid:part>');
  });

  test('reads as a document: title, facts, then the table with its heads', () => {
    const [document] = first.tree.children;
    expect(document?.role).toBe('Document');
    expect(document?.children.map((child) => child.role)).toEqual([
      'H1',
      ...['P', 'P', 'P', 'P', 'P'], // facts
      ...['P', 'P', 'P', 'Figure'], // verification
      ...['H2', 'Table'],
    ]);
    expect(all(first.tree, 'H1')[0]?.text).toBe(WORDS.title);
    expect(all(first.tree, 'P').map((fact) => fact.text)).toContain('Temp worker Łukasz Dvořák');
    expect(all(first.tree, 'P').map((fact) => fact.text)).toContain('Selection flexi-job, March 2026, Tempo Interim');
    expect(all(first.tree, 'TH').map((head) => head.text)).toEqual(
      (sampleDocument([]).sections[0] as ListSection).columns,
    );
  });

  test('holds every row in order, letters of every Latin language whole', () => {
    expect(tight(bodyRows(pdf))).toEqual(tight(rows.map(printedCells)));
    const text = bodyRows(pdf).flat().join('\n');
    for (const word of ['Çelik', 'Dvořák', 'Ştefan', 'Łukasz']) expect(text).toContain(word);
  });

  test('shows on every page what the columns are, and which page it is', () => {
    pdf.pages.forEach((page, i) => {
      const heads = i === 0 ? all(page.tree, 'TH').map((head) => head.text) : page.artifacts.split('\n');
      for (const word of [WORDS.period, WORDS.agency, WORDS.user, WORDS.declaration]) expect(heads).toContain(word);
      expect(page.artifacts).toContain(`Page ${i + 1} of ${pdf.pages.length}`);
      expect(page.artifacts).toContain('Reference 7K2F-93QD');
    });
    expect(pdf.pages.length).toBeGreaterThan(1);
  });

  test('says on every page that a relation is no contract, to a screen reader once', () => {
    const told = pdf.pages.flatMap((page) => all(page.tree, 'P')).filter((p) => p.text === WORDS.disclaimer);
    expect(told).toHaveLength(1);
    for (const page of pdf.pages.slice(0, -1)) expect(page.artifacts).toContain('not a contract');
  });

  test('leaves no text untagged and carries its two fonts', () => {
    for (const page of pdf.pages) {
      expect(page.loose.trim()).toBe('');
      expect(page.missingFonts).toEqual([]);
      for (const font of page.fonts) expect(font).toMatch(/^[A-Z]{6}\+SourceSans3-(Regular|SemiBold)$/);
    }
  });
});

test('without rows it says so in words, and has no table', async () => {
  const pdf = await readPdf(renderPdf(sampleDocument([])));
  expect(pdf.pages).toHaveLength(1);
  expect(all(pdf.pages[0]?.tree as never, 'P').map((p) => p.text)).toContain(WORDS.none);
  expect(all(pdf.pages[0]?.tree as never, 'Table')).toEqual([]);
});

test('700 rows are all there, in order', async () => {
  const rows = sampleRows(700);
  const pdf = await readPdf(renderPdf(sampleDocument(rows)));
  expect(tight(bodyRows(pdf))).toEqual(tight(rows.map(printedCells)));
}, 30_000);

test('the same document gives the same bytes, whatever was printed in between', () => {
  const document = sampleDocument(sampleRows(30));
  const before = renderPdf(document);
  renderPdf(sampleDocument([{ ...sampleRow(1), cells: ['a\u00a0b', 'ﬁ', 'x\u0301\u00ad', 'µ‐‑', 'ı̇'] }]));
  expect(Buffer.compare(before, renderPdf(document))).toBe(0);
});

test('names come out letter by letter: no two are drawn as one', async () => {
  const row = sampleRow(0);
  const named = {
    ...row,
    cells: [row.cells[0] ?? '', '', 'Griffioen', 'Office & Fjord, Afflighem', 'fi'],
  } as OverviewRow;
  const bytes = renderPdf(sampleDocument([named]));
  const text = JSON.stringify(bodyRows(await readPdf(bytes)));
  for (const name of ['Griffioen', 'Office', 'Fjord', 'Afflighem']) expect(text).toContain(name);
  expect(text).not.toMatch(/[ﬀ-ﬆ]/);
});

test('a title that would break XML leaves the metadata whole', async () => {
  const pdf = await readPdf(renderPdf(sampleDocument([], { fileTitle: 'R&D <b> of A "B"' })));
  expect(pdf.info.Title).toBe('R+D b of A "B"');
  expect(pdf.xmp).not.toContain('R&D');
});

describe('names that do not fit', () => {
  const inside = { ...sampleRow(1) };
  inside.cells = [
    '',
    '',
    'Internationale Transport- en Logistiekonderneming Van Den Broeck',
    'W'.repeat(96),
    'Flexi-job',
  ];

  test('wrap inside their column, nothing of them is lost, and the row grows', async () => {
    const document = sampleDocument([sampleRow(0), inside, sampleRow(2)]);
    const placed = partsOf([sampleRow(0), inside, sampleRow(2)])[0]?.[0]?.rows ?? [];
    for (const [i, lines] of (placed[1]?.cells ?? []).slice(0, -1).entries())
      for (const line of lines)
        expect(regular.width(line.trimEnd(), SIZES.body)).toBeLessThanOrEqual(COLUMNS[i]?.width ?? 0);
    expect(placed[1]?.cells[3]?.length).toBeGreaterThan(4);
    expect(placed[2]?.top).toBeGreaterThan((placed[1]?.top ?? 0) + 5 * 12);
    const [, row] = bodyRows(await readPdf(renderPdf(document)));
    expect(row?.slice(2, 4)).toEqual(inside.cells.slice(2, 4));
  });

  test('a long period breaks between its days, and reads on as one', async () => {
    const period = 'jeu. 31 déc. 2026 – ven. 1er janv. 2027';
    const rows = [{ ...sampleRow(1), cells: [period, '', '', '', ''] }];
    expect(partsOf(rows)[0]?.[0]?.rows[0]?.cells[0]).toEqual(['jeu. 31 déc. 2026 – ', 'ven. 1er janv. 2027']);
    expect(bodyRows(await readPdf(renderPdf(sampleDocument(rows))))[0]?.[0]).toBe(period);
  });

  test('wrapped text is the text, and each line fits', () => {
    const words = fc.array(fc.stringMatching(/^[A-Za-zÀ-ž0-9&.-]{1,30}$/), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(words, fc.integer({ min: 60, max: 200 }), (list, width) => {
        const text = printable(list.join(' '));
        const lines = wrap(text, regular, 9.5, width);
        for (const line of lines) expect(regular.width(line.trimEnd(), 9.5)).toBeLessThanOrEqual(width + 1);
        if (lines.length < 8) expect(lines.join('')).toBe(text);
      }),
    );
  });

  test('a text without end is cut with an ellipsis, so that a row always fits a page', () => {
    const lines = wrap('lang '.repeat(5000), regular, 9.5, 100);
    expect(lines).toHaveLength(8);
    expect(lines.at(-1)).toMatch(/…$/);
  });
});

test('no row reaches into the foot', () => {
  for (const parts of partsOf(sampleRows(200))) {
    const last = parts.at(-1)?.rows.at(-1);
    expect((last?.top ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual(531);
  }
});

test('what the font cannot print is shown as a box, odd spaces and control characters never', () => {
  expect(printable('Ab\u0000c\u202fd\u200b 漢字')).toBe('Abc d □□');
  expect(printable('C\u0327elik ﬁn')).toBe('Çelik fin');
});
