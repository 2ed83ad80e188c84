import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { OverviewDocument, OverviewRow } from '../../src/overviews/document.ts';
import { createPdfPool } from '../../src/overviews/pdf.pool.ts';
import { renderPdf } from '../../src/overviews/pdf.ts';
import { sampleDocument, sampleRows } from '../overviews/samples.ts';
import { barePdf } from './bare-pdf.ts';

interface Table {
  title: string;
  columns: string[];
  rows: (string | number)[][];
}

const ROUNDS = 15;
const WIDTHS = [127, 82, 128, 162, 99, 97];
const path = createRequire(import.meta.url).resolve;
const REGULAR = path('@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf');
const STRONG = path('@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf');

function usualRow(doc: PDFKit.PDFDocument, body: PDFKit.PDFStructureElement, row: OverviewRow, y: number): void {
  const tr = doc.struct('TR');
  body.add(tr);
  let x = 42;
  [...row.cells, [row.verdictWord, ...row.notes].join('\n')].forEach((cell, i) => {
    const width = WIDTHS[i] ?? 0;
    tr.add(doc.struct('TD', {}, () => void doc.text(cell, x, y + 5, { width })));
    x += width + 12;
  });
  tr.end();
}

/** pdfkit as its guide shows it: fonts by path, text wrapped and measured by the library. */
function usualPdf(document: OverviewDocument): Promise<Buffer> {
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
  const done = new Promise<Buffer>((resolve) => doc.on('end', () => resolve(Buffer.concat(chunks))));
  const root = doc.struct('Document');
  doc.addStructure(root);
  root.add(doc.struct('H1', {}, () => void doc.font(STRONG, 22).text(document.title)));
  doc.font(REGULAR, 9.5);
  for (const fact of document.facts) root.add(doc.struct('P', {}, () => void doc.text(`${fact.label} ${fact.value}`)));
  const table = doc.struct('Table');
  root.add(table);
  let y = 228;
  for (const section of document.sections)
    for (const row of section.kind === 'list' ? section.rows : []) {
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

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] as number;

async function timed(make: () => Uint8Array | Promise<Uint8Array>): Promise<number> {
  const start = performance.now();
  await make();
  return performance.now() - start;
}

/** Medians of rounds in which every way of making the same overview takes its turn; ratios are medians of each round's. */
export async function benchPdf(): Promise<Table> {
  const pool = createPdfPool({
    size: 1,
    maxQueue: 1,
    onThreadError: (error) => {
      throw error;
    },
  });
  const rows: (string | number)[][] = [];
  for (const count of [60, 700]) {
    const document = sampleDocument(sampleRows(count));
    const ways = [
      () => barePdf(document),
      () => renderPdf(document),
      () => pool.render(document),
      () => usualPdf(document),
    ];
    const took: number[][] = ways.map(() => []);
    for (let round = -3; round < ROUNDS; round++)
      for (const [i, way] of ways.entries()) {
        const ms = await timed(way);
        if (round >= 0) took[i]?.push(ms); // rounds before 0 warm up
      }
    const ratio = (a: number, b: number) => {
      const each = (took[a] as number[]).map((ms, i) => ms / (took[b]?.[i] ?? Number.NaN));
      return median(each).toFixed(2);
    };
    const kilobytes = [barePdf(document), renderPdf(document)].map((file) => Math.round(file.length / 1024));
    rows.push([count, ...took.map((ms) => median(ms).toFixed(1)), ratio(1, 0), ratio(3, 1), kilobytes.join(' / ')]);
  }
  await pool.close();
  return {
    title: 'Overview as tagged PDF, ms',
    columns: [
      'rows',
      'bare writer',
      'ours',
      'ours in a thread',
      'pdfkit as usual',
      'ours / bare',
      'usual / ours',
      'kB bare / ours',
    ],
    rows,
  };
}
