import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { ListSection, OverviewDocument, OverviewRow } from '../../src/overviews/document.ts';

/** The same overview by pdfkit as its guide shows it: fonts by path, text wrapped and measured by the library; rows by hand, or `doc.table`. */

const WIDTHS = [127, 82, 128, 162, 99, 97];
const path = createRequire(import.meta.url).resolve;
const REGULAR = path('@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf');
const STRONG = path('@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf');

function open(document: OverviewDocument): { doc: PDFKit.PDFDocument; done: Promise<Buffer> } {
  const doc = new PDFDocument({
    size: 'A4',
    layout: 'landscape',
    margin: 42,
    pdfVersion: '1.7',
    tagged: true,
    lang: document.lang,
    displayTitle: true,
    info: { Title: document.fileTitle },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { doc, done: new Promise((resolve) => doc.on('end', () => resolve(Buffer.concat(chunks)))) };
}

function head(doc: PDFKit.PDFDocument, document: OverviewDocument): PDFKit.PDFStructureElement {
  const root = doc.struct('Document');
  doc.addStructure(root);
  root.add(doc.struct('H1', {}, () => void doc.font(STRONG, 22).text(document.title)));
  doc.font(REGULAR, 9.5);
  for (const fact of document.facts) root.add(doc.struct('P', {}, () => void doc.text(`${fact.label} ${fact.value}`)));
  return root;
}

const cellsOf = (row: OverviewRow) => [...row.cells, [row.verdictWord, ...row.notes].join('\n')];

function usualRow(doc: PDFKit.PDFDocument, body: PDFKit.PDFStructureElement, row: OverviewRow, y: number): void {
  const tr = doc.struct('TR');
  body.add(tr);
  let x = 42;
  cellsOf(row).forEach((cell, i) => {
    const width = WIDTHS[i] ?? 0;
    tr.add(doc.struct('TD', {}, () => void doc.text(cell, x, y + 5, { width })));
    x += width + 12;
  });
  tr.end();
}

export function usualPdf(document: OverviewDocument): Promise<Buffer> {
  const { doc, done } = open(document);
  const root = head(doc, document);
  const table = doc.struct('Table');
  root.add(table);
  let y = 228;
  for (const row of (document.sections[0] as ListSection).rows) {
    const heights = row.cells.map((cell, i) => doc.heightOfString(cell, { width: WIDTHS[i] ?? 0 }));
    const height = Math.max(...heights, 12) + row.notes.length * 12 + 10;
    if (y + height > 531) {
      doc.addPage();
      y = 62;
    }
    usualRow(doc, table, row, y);
    y += height;
  }
  table.end();
  root.add(doc.struct('P', {}, () => void doc.text(document.disclaimer, 42, 536, { width: 560, height: 12 })));
  root.end();
  doc.end();
  return done;
}

export function tablePdf(document: OverviewDocument): Promise<Buffer> {
  const { doc, done } = open(document);
  const root = head(doc, document);
  const section = document.sections[0] as ListSection;
  const table = doc.struct('Table');
  root.add(table);
  const data = [section.columns, ...section.rows.map(cellsOf)];
  doc.table({ columnStyles: WIDTHS, structParent: table, data } as never);
  table.end();
  root.end();
  doc.end();
  return done;
}
