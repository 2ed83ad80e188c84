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
  const source = createReadStream(file);
  const parser = source.pipe(
    parse({ bom: true, columns: checkedHeader(file), trim: true, skip_empty_lines: true, info: true }),
  );
  source.on('error', (error) => parser.destroy(error));
  source.on('end', () => source.bytesRead === 0 && parser.destroy(new Error(`${file}, line 1: the file is empty`)));
  for await (const { record, info } of parser as AsyncIterable<{
    record: Record<string, string>;
    info: { lines: number };
  }>) {
    const enterprise = enterpriseFrom(record);
    if ('fault' in enterprise) throw new Error(`${file}, line ${info.lines}: ${enterprise.fault}; nothing was kept`);
    yield enterprise;
  }
}

function checkedHeader(file: string): (header: string[]) => string[] {
  return (header) => {
    const missing = REQUIRED_COLUMNS.filter((name) => !header.includes(name));
    if (missing.length > 0) throw new Error(`${file}, line 1: the columns ${missing.join(', ')} are missing`);
    return header;
  };
}
