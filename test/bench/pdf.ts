import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createPdfPool } from '../../src/overviews/pdf.pool.ts';
import { renderPdf } from '../../src/overviews/pdf.ts';
import { readSeal } from '../../src/overviews/seal.files.ts';
import { demoSeal } from '../../src/stubs/seal.ts';
import { sampleDocument, sampleRows } from '../overviews/samples.ts';
import { barePdf } from './bare-pdf.ts';
import { median, type Table } from './table.ts';
import { tablePdf, usualPdf } from './usual-pdf.ts';

const COUNTS: [rows: number, rounds: number][] = [
  [60, 15],
  [700, 7],
  [2000, 5],
];

async function timed(make: () => Uint8Array | Promise<Uint8Array>): Promise<number> {
  const start = performance.now();
  await make();
  return performance.now() - start;
}

/** Medians of rounds in which every way of making the same overview takes its turn; ratios are medians of each round's. */
export async function benchPdf(): Promise<Table> {
  const notes = [await memory()]; // before anything else fills the process
  const files = await demoSeal(path.join(mkdtempSync(path.join(os.tmpdir(), 'interim-bench-')), 'seal'));
  const seal = readSeal(files.keyFile, files.certificateFile);
  const onThreadError = (error: Error) => {
    throw error;
  };
  const pool = createPdfPool({ size: 1, maxQueue: 1, seal, onThreadError });
  const rows: (string | number)[][] = [];
  for (const [count, times] of COUNTS) {
    const document = sampleDocument(sampleRows(count));
    const ways = [
      () => barePdf(document),
      () => renderPdf(document),
      () => pool.render(document),
      () => usualPdf(document),
      () => tablePdf(document),
    ];
    const took: number[][] = ways.map(() => []);
    for (let round = -2; round < times; round++)
      for (const [i, way] of ways.entries()) {
        const ms = await timed(way);
        if (round >= 0) took[i]?.push(ms); // rounds before 0 warm up
      }
    const ratio = (a: number, b: number) => {
      const each = (took[a] as number[]).map((ms, i) => ms / (took[b]?.[i] ?? Number.NaN));
      return median(each).toFixed(2);
    };
    const kilobytes = [barePdf(document), renderPdf(document)].map((file) => Math.round(file.length / 1024));
    const ratios = [ratio(1, 0), ratio(1, 3), ratio(1, 4)];
    rows.push([count, ...took.map((ms) => median(ms).toFixed(1)), ...ratios, kilobytes.join(' / ')]);
  }
  await pool.close();
  return {
    title: 'Overview as tagged PDF, ms',
    columns: [
      'rows',
      'bare writer',
      'ours',
      'in a thread, sealed',
      'pdfkit as usual',
      'doc.table',
      'ours / bare',
      'ours / usual',
      'ours / doc.table',
      'kB bare / ours',
    ],
    rows,
    notes,
  };
}

/** What 20 overviews of 2,000 rows cost a process whose one thread draws them, and what of it is given back. */
async function memory(): Promise<string> {
  const onThreadError = (error: Error) => {
    throw error;
  };
  const megabytes = () => process.memoryUsage().rss / 1024 ** 2;
  const document = sampleDocument(sampleRows(2000));
  const pool = createPdfPool({ size: 1, maxQueue: 1, onThreadError });
  await pool.render(sampleDocument(sampleRows(60)));
  const before = megabytes();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, megabytes());
  }, 5);
  for (let i = 0; i < 20; i++) await pool.render(document);
  clearInterval(watch);
  await pool.close();
  const after = megabytes();
  const told = [before, most, after].map((value) => value.toFixed(0));
  return `20 × 2,000 rows in one thread: ${told[0]} MB before, ${told[1]} MB at most, ${told[2]} MB when the thread has ended`;
}
