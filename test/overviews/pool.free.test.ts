import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPdfPool, type PdfPool } from '../../src/overviews/pdf.pool.ts';
import { sampleDocument, sampleRows } from './samples.ts';

let pool: PdfPool;
beforeAll(async () => {
  pool = createPdfPool({ size: 2, maxQueue: 40, onThreadError: (error) => expect.unreachable(error.message) });
  await Promise.all(['a', 'b'].map((title) => pool.render(sampleDocument([], { title }))));
});
afterAll(() => pool.close());

/** Milliseconds for which this thread stood still at most, and for which it worked in all. */
async function whileDrawn(rows: number): Promise<{ still: number; worked: number }> {
  const document = sampleDocument(sampleRows(rows));
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const before = process.threadCpuUsage();
  await pool.render(document);
  const { user, system } = process.threadCpuUsage(before);
  delay.disable();
  return { still: delay.max / 1e6, worked: (user + system) / 1e3 };
}

test('threads leave the asking thread free while 1,000 rows are drawn', async () => {
  const times = [];
  for (let i = 0; i < 3; i++) times.push(await whileDrawn(1_000));
  // another program may hold the machine up once; drawing here would do so each time, and be work of this thread
  expect(Math.min(...times.map(({ still }) => still))).toBeLessThan(50);
  expect(Math.max(...times.map(({ worked }) => worked))).toBeLessThan(50);
});
