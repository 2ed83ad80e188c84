import { isUtf8 } from 'node:buffer';

/** Where in a file: line from 1, column from 1 in characters. */
export interface Place {
  line: number;
  column: number;
}

/** A file that is refused whole: nothing in it can be trusted to be what was meant. */
export class BrokenFile extends Error {
  readonly line: number;
  readonly column: number;
  readonly reason: string;

  constructor(place: Place, reason: string) {
    super(`line ${place.line}, column ${place.column}: ${reason}`);
    this.name = 'BrokenFile';
    this.line = place.line;
    this.column = place.column;
    this.reason = reason;
  }
}

export type Encoding = 'utf8' | 'latin1';
export type Source = AsyncIterable<Buffer | string>;

/**
 * A source as text, whatever way its bytes were cut; a byte order mark is dropped.
 * @param place where the reader of this text stands, for the error
 * @param pick tells the encoding from the first bytes (at most 1 KiB); UTF-8 when absent
 * @throws BrokenFile at the first byte that is not UTF-8, and where a packed source cannot be unpacked further
 */
export async function* decoded(
  source: Source,
  place: () => Place,
  pick?: (head: string) => Encoding,
): AsyncGenerator<string> {
  let encoding: Encoding | null = pick ? null : 'utf8';
  let isFirst = true;
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of unbroken(source, place)) {
    const bytes: Buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    pending = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
    encoding ??= pending.length >= 1024 || pending.includes('?>') ? (pick?.(headOf(pending)) ?? 'utf8') : null;
    if (encoding === null) continue;
    const whole = encoding === 'latin1' ? pending.length : pending.length - begunAtEnd(pending);
    const text = decode(pending.subarray(0, whole), encoding, place);
    pending = pending.subarray(whole);
    if (text !== '') yield isFirst ? text.replace(/^\uFEFF/, '') : text;
    isFirst &&= text === '';
  }
  if (pending.length === 0) return;
  const text = decode(pending, encoding ?? pick?.(headOf(pending)) ?? 'utf8', place);
  yield isFirst ? text.replace(/^\uFEFF/, '') : text;
}

async function* unbroken(source: Source, place: () => Place): AsyncGenerator<Buffer | string> {
  try {
    yield* source;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_')) throw new BrokenFile(place(), `the gzip data are broken (${message})`);
    throw error;
  }
}

function headOf(bytes: Buffer): string {
  return bytes.toString('latin1', 0, 1024);
}

/** How many bytes at the end begin a character that goes on in the next chunk. */
function begunAtEnd(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

function decode(bytes: Buffer, encoding: Encoding, place: () => Place): string {
  if (encoding === 'latin1' || isUtf8(bytes)) return bytes.toString(encoding);
  const before = bytes.toString('utf8').split('\uFFFD', 1)[0] ?? '';
  const lines = before.split('\n');
  const from = place();
  const last = lines.at(-1)?.length ?? 0;
  const column = lines.length === 1 ? from.column + last : last + 1;
  throw new BrokenFile({ line: from.line + lines.length - 1, column }, 'the text is not valid UTF-8');
}
