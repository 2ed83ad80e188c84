import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { ahead } from './ahead.ts';
import type { Channel, Declaration } from './declaration.ts';
import type { Intake } from './declarations.actions.ts';
import type { Outcome, Received } from './declarations.batch.ts';
import { readLines } from './json-line.ts';
import { countForms, readForms } from './xml-form.ts';

/** One line of what an import answers: the place in the file and what became of the declaration there. */
export interface ImportResult extends Omit<Outcome, 'change'> {
  line: number;
}

export interface ImportOptions {
  /** XML forms carry no receipt: it is now, or the form's own date and hour. */
  receivedAt: 'now' | 'form';
  now: string;
  channel: Channel;
  /** Declarations done so far, of a total known after the first reading. */
  progress(done: number, total: number): void;
  result(result: ImportResult): void;
}

const BATCH = 1_000;
const UNPACKED_LIMIT = 64 * 1024 ** 3;

/**
 * Declares every declaration of a file, in file order. The file is read twice: first to the end without keeping anything, so that a broken
 * one leaves no trace; then in batches, each one transaction. A declaration with a known id, and a line of a file seen before, is answered
 * again and not declared twice; an import that was cut off is simply run again.
 * @throws BrokenFile with line and column
 * @returns how many declarations the file holds
 */
export async function importFile(intake: Intake, file: string, options: ImportOptions): Promise<number> {
  const { total, hash } = await readThrough(file, options);
  let done = 0;
  for await (const batch of ahead(batches(file, options))) {
    const received = batch.map(({ place, declaration }): Received => {
      return { declaration, sourceKey: declaration.declarationId ? null : `${hash}:${place}` };
    });
    const about = { channel: options.channel, now: options.now };
    const outcomes = await intake.receive(received, about);
    for (const [index, { change: _, ...outcome }] of outcomes.entries())
      options.result({ line: batch[index]?.line ?? 0, ...outcome });
    done += batch.length;
    options.progress(done, total);
  }
  return total;
}

interface Placed {
  line: number;
  /** What recognises it when the file comes again: its line, or of a form, many of which may stand on one line, its number. */
  place: number;
  declaration: Declaration;
}

async function readThrough(file: string, options: ImportOptions): Promise<{ total: number; hash: string }> {
  const hash = createHash('sha256');
  const source = unpacked(file, (chunk) => hash.update(chunk));
  let total = 0;
  if (kindOf(file) === 'xml') total = await countForms(source);
  else for await (const lines of readLines(source, options.now)) total += lines.length;
  return { total, hash: hash.digest('hex') };
}

/** By its name's ending. @throws Error when that is none we read */
function kindOf(file: string): 'xml' | 'jsonl' {
  const kind = file.replace(/\.gz$/, '').match(/\.(xml|jsonl)$/)?.[1];
  if (!kind) throw new Error(`${file}: an import reads .xml, .xml.gz, .jsonl and .jsonl.gz`);
  return kind as 'xml' | 'jsonl';
}

async function* batches(file: string, options: ImportOptions): AsyncGenerator<Placed[]> {
  let batch: Placed[] = [];
  for await (const part of placed(file, options)) {
    for (const one of part) {
      batch.push(one);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

async function* placed(file: string, options: ImportOptions): AsyncGenerator<Placed[]> {
  const source = unpacked(file, () => undefined);
  if (kindOf(file) === 'jsonl') {
    for await (const lines of readLines(source, options.now)) yield lines.map((one) => ({ ...one, place: one.line }));
    return;
  }
  let place = 0;
  for await (const forms of readForms(source, options.now)) {
    yield forms.map(({ line, declaration, createdAt }) => {
      const receivedAt = options.receivedAt === 'form' ? createdAt() : declaration.receivedAt;
      return { line, place: ++place, declaration: { ...declaration, receivedAt } };
    });
  }
}

/** The bytes of a file, unpacked where its name ends in .gz. @throws Error above 64 GiB */
export async function* unpacked(file: string, seen: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  const raw = createReadStream(file, { highWaterMark: 256 * 1024 });
  const stream = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  raw.on('error', (error) => stream.destroy(error));
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > UNPACKED_LIMIT) throw new Error(`${file}: unpacks to more than 64 GiB`);
    seen(chunk);
    yield chunk;
  }
}
