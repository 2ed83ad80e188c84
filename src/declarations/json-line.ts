import { z } from 'zod';
import { isDay } from '../platform/calendar-days.ts';
import type { Declaration } from './declaration.ts';
import { BrokenFile, decoded, type Source } from './intake.decode.ts';
import { bodyShape, declarationOf, dimonaIn, hasOneBlock, oneBlock } from './json-line.body.ts';

/** An id of the source: kept as it is, its check digits are the source's affair. */
const sourceId = z
  .union([z.string(), z.int().nonnegative().transform(String)], 'is neither text nor a whole number')
  .refine((id) => /^[\w-]{1,40}$/.test(id), 'is not an id');
const instant = z.string().transform((text, context) => {
  const found = canonical(text);
  if (found === null) context.addIssue('is not an instant (YYYY-MM-DDTHH:MM:SSZ)');
  return found ?? z.NEVER;
});

const lineSchema = bodyShape
  .extend({
    declarationId: sourceId.optional(),
    receivedAt: instant.nullable().optional(),
    dimonaIn: dimonaIn.extend({ periodId: sourceId.optional() }).optional(),
  })
  .refine(hasOneBlock, oneBlock);

export interface LineFault {
  /** Path in the line, `dimonaIn.startDate`; empty for the line as a whole. */
  field: string;
  message: string;
  /** From 1, where it is known. */
  column?: number;
}

const longest = 1024 * 1024;

/**
 * One JSON line as a declaration: the REST v2 body, with the ids and the receipt that history brings.
 * @param now instant of receipt for a line that is no history: one without ids and without `receivedAt`
 */
export function parseLine(text: string, now: string): Declaration | { faults: LineFault[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { faults: [notJson(text, error)] };
  }
  const parsed = lineSchema.safeParse(json);
  if (!parsed.success)
    return { faults: parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })) };
  const line = parsed.data;
  const periodId = line.dimonaIn?.periodId;
  const isHistory = line.declarationId !== undefined || periodId !== undefined;
  const receivedAt = line.receivedAt !== undefined ? line.receivedAt : isHistory ? null : now;
  const d = declarationOf(line, receivedAt);
  if (line.declarationId !== undefined) d.declarationId = line.declarationId;
  if (periodId !== undefined) d.periodId = periodId;
  return d;
}

/** The same instant as the portal writes it, in UTC to the millisecond; null when it is none of 1900 to 2200. */
function canonical(text: string): string | null {
  const shape =
    /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/.exec(text);
  const year = Number(text.slice(0, 4));
  if (shape === null || year < 1900 || year > 2200 || !isDay(shape[1] ?? '')) return null;
  if (shape[5] === 'Z' && shape[3]?.length === 3) return text;
  return new Date(Date.parse(text)).toISOString().replace(/\.?0+Z$/, 'Z');
}

function notJson(text: string, error: unknown): LineFault {
  const message = error instanceof Error ? error.message : '';
  const position = /at position (\d+)/.exec(message)?.[1];
  const column =
    position === undefined ? (message.includes('end of JSON') ? text.length + 1 : 1) : Number(position) + 1;
  return { field: '', message: 'is not JSON', column };
}

/** Line numbers count from 1, blank lines too. */
export interface DeclaredLine {
  line: number;
  declaration: Declaration;
}

/**
 * The declarations of a JSON-lines file, in batches as they come in. Blank lines are passed over.
 * @throws BrokenFile at the first line that is not UTF-8, not JSON, no declaration, or longer than 1 MiB
 */
export async function* readLines(source: Source, now: string): AsyncGenerator<DeclaredLine[]> {
  let line = 1;
  let rest = '';
  for await (const text of decoded(source, () => ({ line, column: rest.length + 1 }))) {
    const batch: DeclaredLine[] = [];
    let end = text.indexOf('\n');
    let from = 0;
    while (end !== -1) {
      take(batch, rest + text.slice(from, end), line++, now);
      rest = '';
      from = end + 1;
      end = text.indexOf('\n', from);
    }
    rest += text.slice(from);
    if (rest.length > longest) throw tooLong(line);
    if (batch.length > 0) yield batch;
  }
  const last: DeclaredLine[] = [];
  take(last, rest, line, now);
  if (last.length > 0) yield last;
}

function take(batch: DeclaredLine[], text: string, line: number, now: string): void {
  if (text.length > longest || (text.length > longest / 3 && Buffer.byteLength(text) > longest)) throw tooLong(line);
  if (text.trim() === '') return;
  const parsed = parseLine(text, now);
  if (!('faults' in parsed)) {
    batch.push({ line, declaration: parsed });
    return;
  }
  const fault = parsed.faults[0];
  throw new BrokenFile({ line, column: fault?.column ?? 1 }, `${fault?.field || 'the line'} ${fault?.message}`);
}

function tooLong(line: number): BrokenFile {
  return new BrokenFile({ line, column: 1 }, 'the line is longer than 1 MiB');
}
