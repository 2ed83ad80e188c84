import { describe, expect, test } from 'vitest';
import { BrokenFile } from '../../src/declarations/intake.decode.ts';
import { readLines } from '../../src/declarations/json-line.ts';

const now = '2026-11-23T08:00:00Z';
const employer = { enterpriseNumber: '0403449823' };
const history = { employer, worker: { givenName: 'Élodie' }, dimonaOut: { periodId: '656309292174' } };

describe('a file of JSON lines', () => {
  const line = JSON.stringify(history);
  const bytes = (text: string, size: number) => {
    const all = Buffer.from(text);
    return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.subarray(i * size, (i + 1) * size));
  };
  async function read(chunks: (Buffer | string)[]) {
    async function* source() {
      yield* chunks;
    }
    const found: [number, string][] = [];
    for await (const batch of readLines(source(), now)) {
      for (const { line, declaration } of batch) found.push([line, declaration.worker?.givenName ?? '']);
    }
    return found;
  }
  const broken = async (...chunks: (Buffer | string)[]) => {
    const error = await read(chunks).catch((thrown: unknown) => thrown);
    if (!(error instanceof BrokenFile)) throw error;
    return { line: error.line, column: error.column, reason: error.reason };
  };

  test.each([1, 2, 7, 1000])(
    'is read whole whatever the cut (%i bytes), with mark, blank lines and no last end',
    async (size) => {
      expect(await read(bytes(`\uFEFF${line}\r\n\n  \n${line}\n${line}`, size))).toEqual([
        [1, 'Élodie'],
        [4, 'Élodie'],
        [5, 'Élodie'],
      ]);
    },
  );

  test('may be empty', async () => {
    expect(await read([])).toEqual([]);
    expect(await read(['\n'])).toEqual([]);
  });

  test('is refused at the line and column where it breaks', async () => {
    expect(await broken(`${line}\n{"a" 1}`)).toEqual({ line: 2, column: 6, reason: 'the line is not JSON' });
    expect(await broken(`${line}\n{"a":`)).toEqual({ line: 2, column: 6, reason: 'the line is not JSON' });
    expect(await broken(`\n\n${JSON.stringify({ employer, dimonaOut: { endDate: 'x' } })}\n`)).toEqual({
      line: 3,
      column: 1,
      reason: expect.stringContaining('dimonaOut.endDate is not a date'),
    });
    expect(await broken(Buffer.from(`${line}\n`), Buffer.from('{"a":"é'), Buffer.from([0xe9, 0x22]))).toEqual({
      line: 2,
      column: 8,
      reason: 'the text is not valid UTF-8',
    });
    expect(await broken(Buffer.from(line), Buffer.from([0xc3]))).toMatchObject({ line: 1, column: line.length + 1 });
  });

  test('is refused for a line of more than 1 MiB, ended or not', async () => {
    const long = Buffer.alloc(1024 * 1024 + 1, ' ');
    const tooLong = { line: 2, column: 1, reason: 'the line is longer than 1 MiB' };
    expect(await broken(`${line}\n`, long)).toEqual(tooLong);
    expect(await broken(`${line}\n${long}\n`)).toEqual(tooLong);
    expect(await broken(`${line}\n${'é'.repeat(600_000)}\n`)).toEqual(tooLong);
    expect(await read([`${line}${' '.repeat(1024 * 1024 - Buffer.byteLength(line))}\n`])).toHaveLength(1);
  });
});
