import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import type { Database } from '../platform/db.ts';
import { type Enterprise, enterpriseFrom, REQUIRED_COLUMNS } from './enterprise.ts';
import { upsertEnterprises } from './enterprises.store.ts';

const BATCH = 2_000;

/**
 * Reads a CSV by its header names into the directory, in one transaction: a file with one wrong row changes nothing.
 * @throws Error naming the line
 * @returns how many enterprises the file holds
 */
export async function importEnterprises(db: Database, file: string): Promise<number> {
  const kept = db.longTransaction(async (tx) => {
    let count = 0;
    let batch: Enterprise[] = [];
    for await (const enterprise of read(file)) {
      batch.push(enterprise);
      count++;
      if (batch.length < BATCH) continue;
      await upsertEnterprises(tx, batch);
      batch = [];
    }
    if (batch.length > 0) await upsertEnterprises(tx, batch);
    return count;
  });
  return kept.catch((error: Error & { code?: string; detail?: string }) => {
    if (error.code !== '23505') throw error;
    throw new Error(`${file}: two enterprises with one NSSO number; ${error.detail} Nothing was kept`, {
      cause: error,
    });
  });
}

async function* read(file: string): AsyncGenerator<Enterprise> {
  const parser = parse({
    bom: true,
    columns: checkedHeader,
    delimiter: await separatorOf(file),
    trim: true,
    skip_empty_lines: true,
    info: true,
  });
  const source = createReadStream(file);
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: Record<string, string>;
      info: { lines: number };
    }>) {
      const enterprise = enterpriseFrom(record);
      const fault = 'fault' in enterprise ? enterprise.fault : unreadable(record);
      if (fault !== null) throw new Error(`line ${info.lines}: ${fault}`);
      yield enterprise as Enterprise;
    }
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    if (code?.startsWith('E')) throw error; // of the file system
    throw new Error(`${file}, ${message}; nothing was kept`, { cause: error });
  }
}

/** Comma, semicolon (as spreadsheets in Belgium write) or tab: whichever the header has most of. */
async function separatorOf(file: string): Promise<string> {
  let head = '';
  for await (const chunk of createReadStream(file, { end: 4_095, encoding: 'utf8' })) head += chunk;
  if (head === '') throw new Error(`${file}, line 1: the file is empty`);
  const header = head.split('\n', 1)[0] ?? '';
  const count = (sign: string) => header.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/** Bytes that are no UTF-8 arrive as a mark that no name has; PostgreSQL's text holds no NUL. */
function unreadable(record: Record<string, string>): string | null {
  const hasWrong = Object.values(record).some((value) => value.includes('\uFFFD') || value.includes('\0'));
  return hasWrong ? 'is not UTF-8: save the file as CSV UTF-8' : null;
}

function checkedHeader(header: string[]): string[] {
  const missing = REQUIRED_COLUMNS.filter((name) => !header.includes(name));
  if (missing.length > 0) throw new Error(`line 1: the columns ${missing.join(', ')} are missing`);
  return header;
}
