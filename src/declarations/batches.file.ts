import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { FileTooLarge } from './batches.ts';

/** The bytes no further than a bound. @throws FileTooLarge */
export async function* within(bytes: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > limit) throw new FileTooLarge(`more than ${limit} bytes`);
    yield chunk;
  }
}

/** The message in a file: unpacked where the bytes say that they are packed by gzip, whatever the file is called. */
export async function* unpackedOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = bytes[Symbol.asyncIterator]();
  const head = await beginningOf(source);
  const whole = joined(head, source);
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* whole;
    return;
  }
  const gunzip = createGunzip();
  // told to whoever reads what comes out
  const packing = pipeline(Readable.from(whole), gunzip).catch(() => undefined);
  yield* gunzip as AsyncIterable<Buffer>;
  await packing;
}

/** At least two bytes, if there are as many. */
async function beginningOf(source: AsyncIterator<Buffer>): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 2) {
    const { value, done } = await source.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  return head;
}

async function* joined(head: Buffer, source: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  } finally {
    await source.return?.();
  }
}
