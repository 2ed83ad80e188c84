import { afterEach, describe, expect, test } from 'vitest';
import { Busy, createPdfPool, type PdfPool, type PdfPoolOptions, TookTooLong } from '../../src/overviews/pdf.pool.ts';
import { renderPdf } from '../../src/overviews/pdf.ts';
import { bodyRows, readPdf } from './reading.ts';
import { sampleDocument, sampleRows } from './samples.ts';

let pool: PdfPool | undefined;
const errors: Error[] = [];

function start(options: Partial<PdfPoolOptions>): PdfPool {
  pool = createPdfPool({ size: 2, maxQueue: 40, onThreadError: (error) => errors.push(error), ...options });
  return pool;
}

const misbehave = new URL('./misbehaving.ts', import.meta.url);
const titled = (title: string) => sampleDocument([], { title });
const answer = async (title: string) => new TextDecoder().decode(await pool?.render(titled(title)));

afterEach(async () => {
  await pool?.close();
  pool = undefined;
  expect(errors.splice(0)).toEqual([]);
});

describe('two threads', () => {
  test('do not mix 30 documents asked for at once', async () => {
    const threads = start({});
    const files = await Promise.all(
      Array.from({ length: 30 }, (_, i) => threads.render(sampleDocument(sampleRows(1 + (i % 9) * 6, `doc${i}-`)))),
    );
    for (const [i, file] of files.entries()) {
      const companies = bodyRows(await readPdf(file)).map((row) => row[3] ?? '');
      expect(companies).toHaveLength(1 + (i % 9) * 6);
      for (const company of companies) expect(company).toContain(` doc${i}-`);
    }
  }, 30_000);

  test('give the bytes that this thread would give', async () => {
    const document = sampleDocument(sampleRows(25));
    expect(Buffer.compare(await start({}).render(document), renderPdf(document))).toBe(0);
  });
});

describe('a thread that misbehaves', () => {
  test('rejects its own document only, and is replaced', async () => {
    start({ task: misbehave, size: 1 });
    const outcomes = await Promise.allSettled(['one', 'exit', 'two', 'throw', 'three'].map(answer));
    expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'rejected'))).toEqual([
      'one',
      'rejected',
      'two',
      'rejected',
      'three',
    ]);
    expect(outcomes[3]).toMatchObject({ reason: { message: 'no such row' } });
  });

  test('is ended when it takes too long', async () => {
    start({ task: misbehave, size: 1, timeoutMs: 2000 });
    await expect(answer('hang')).rejects.toBeInstanceOf(TookTooLong);
    expect(await answer('next')).toBe('next');
  });

  test('is ended when it eats memory, and takes nobody along', async () => {
    start({ task: misbehave, size: 1, maxMegabytes: 24 });
    await expect(answer('memory')).rejects.toMatchObject({ code: 'ERR_WORKER_OUT_OF_MEMORY' });
    expect(await answer('next')).toBe('next');
  });
});

test('a full queue refuses at once, and takes documents again when there is room', async () => {
  const threads = start({ size: 1, maxQueue: 2 });
  const document = sampleDocument(sampleRows(40));
  const taken = [1, 2, 3].map(() => threads.render(document));
  await expect(threads.render(document)).rejects.toBeInstanceOf(Busy);
  await Promise.all(taken);
  expect((await threads.render(document)).length).toBeGreaterThan(1000);
});

test('closing rejects what was not drawn yet', async () => {
  const threads = start({ size: 1 });
  const pending = [1, 2, 3].map(() => threads.render(sampleDocument(sampleRows(200))));
  const outcomes = Promise.allSettled(pending);
  await threads.close();
  expect((await outcomes).map((outcome) => outcome.status)).toContain('rejected');
});
