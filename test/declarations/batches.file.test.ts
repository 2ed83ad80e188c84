import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { unpackedOf, within } from '../../src/declarations/batches.file.ts';
import { FileTooLarge } from '../../src/declarations/batches.ts';

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const whole = async (bytes: AsyncIterable<Buffer>) => {
  const found: Buffer[] = [];
  for await (const chunk of bytes) found.push(chunk);
  return Buffer.concat(found).toString();
};

describe('a file', () => {
  test.each([1, 2, 7, 10_000])('is unpacked where its bytes say so, in pieces of %i', async (size) => {
    const text = '<Dimona>é</Dimona>';
    expect(await whole(unpackedOf(pieces(Buffer.from(text), size)))).toBe(text);
    expect(await whole(unpackedOf(pieces(gzipSync(text), size)))).toBe(text);
    expect(await whole(unpackedOf(pieces(Buffer.from('x'), size)))).toBe('x');
    expect(await whole(unpackedOf(pieces(Buffer.alloc(0), size)))).toBe('');
  });

  test('that unpacks to more than it may is read no further than that', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 ** 2));
    let read = 0;
    const reading = (async () => {
      for await (const chunk of within(unpackedOf(pieces(bomb, 1024)), 1024 ** 2)) read += chunk.length;
    })();
    await expect(reading).rejects.toBeInstanceOf(FileTooLarge);
    expect(read).toBeLessThanOrEqual(1024 ** 2);
  });

  test('that cannot be read further says why, packed or not', async () => {
    async function* failing(head: Buffer) {
      yield head;
      throw new Error('the line was cut');
    }
    for (const head of [Buffer.from('<Dimona>'), gzipSync('<Dimona>'.repeat(9_999)).subarray(0, 60)])
      await expect(whole(unpackedOf(failing(head)))).rejects.toThrow('the line was cut');
    await expect(whole(unpackedOf(pieces(gzipSync('<Dimona>').subarray(0, 12), 5)))).rejects.toMatchObject({
      code: 'Z_BUF_ERROR',
    });
  });
});
