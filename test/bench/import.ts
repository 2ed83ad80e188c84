import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { intake } from '../../src/declarations/declarations.actions.ts';
import { declarationsStore } from '../../src/declarations/declarations.store.ts';
import { importFile } from '../../src/declarations/import.actions.ts';
import { openDatabase } from '../../src/platform/db.ts';
import { projectionStore } from '../../src/relations/projection.store.ts';
import { asOwner, type Cluster, openCluster } from './database.ts';
import { type LedgerLine, lineOf, xmlOf } from './import.files.ts';
import { median, spread, type Table } from './table.ts';

const SIZE = { workers: 5_000, periods: 100_000, seed: 'import' };
const ROUNDS = process.argv.includes('--short') ? 1 : 3;
/** In the order in which COPY may fill them. */
const TABLES = ['enterprises', 'workers', 'worker_numbers', 'declarations', 'relations'];

/** `import` of a file with all its rules, beside COPY of the very rows it makes into the same tables with their indexes. */
export async function benchImport(): Promise<Table[]> {
  const cluster = await openCluster(process.argv.includes('--keep'));
  const folder = mkdtempSync(path.join(os.tmpdir(), 'interim-bench-'));
  try {
    const source = await cluster.filled(SIZE);
    const files = await asOwner(source.owner, (db) => written(db, folder));
    const rows: Table['rows'] = [];
    for (const file of files) {
      const speeds: number[] = [];
      const limits: number[] = [];
      let peak = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const imported = await declared(cluster, folder, file.name);
        speeds.push(imported.count / imported.seconds);
        peak = Math.max(peak, imported.megabytes);
        limits.push(imported.count / (await copied(cluster, imported.owner, folder)));
        process.stderr.write(`${path.basename(file.name)}: round ${round + 1} of ${ROUNDS}\n`);
      }
      const ratios = speeds.map((speed, i) => speed / (limits[i] ?? Number.NaN));
      rows.push([
        file.what,
        file.count,
        spread(speeds, 0),
        Math.round(median(limits)),
        spread(ratios, 2),
        Math.round(peak),
      ]);
    }
    const columns = ['file', 'declarations', 'import /s', 'COPY /s', 'import of COPY', 'peak MB of the process'];
    return [
      { title: 'Import with all rules beside COPY of the rows it makes', columns, rows, notes: [`${ROUNDS} rounds`] },
    ];
  } finally {
    rmSync(folder, { recursive: true });
    await cluster.close();
  }
}

/** The ledger as the two kinds of file, and the directory apart. XML can only begin periods: it carries no ids of the source. */
async function written(db: pg.Client, folder: string) {
  const { rows } = await db.query<LedgerLine>(
    `select declaration_id, kind, period_id, received_at::text, insz, content from declarations order by seq`,
  );
  const begun = rows.filter((row) => row.kind === 'IN');
  const [lines, forms] = [path.join(folder, 'history.jsonl'), path.join(folder, 'forms.xml')];
  await pipeline(rows.map(lineOf), createWriteStream(lines));
  await pipeline(
    ['<?xml version="1.0" encoding="UTF-8"?>\n<Dimona>\n', ...begun.map(xmlOf), '</Dimona>\n'],
    createWriteStream(forms),
  );
  await out(db, 'enterprises', folder);
  return [
    { name: lines, what: 'JSON lines', count: rows.length },
    { name: forms, what: 'XML forms', count: begun.length },
  ];
}

async function declared(cluster: Cluster, folder: string, file: string) {
  const { owner, portal } = await cluster.database('imported');
  await asOwner(owner, (db) => into(db, 'enterprises', path.join(folder, 'enterprises.copy')));
  const db = openDatabase({ connection: portal, log: { warn: (_, message) => process.stderr.write(`${message}\n`) } });
  let megabytes = 0;
  const watch = setInterval(() => {
    megabytes = Math.max(megabytes, process.memoryUsage.rss() / 1024 ** 2);
  }, 50);
  const began = performance.now();
  const count = await importFile(intake(db, declarationsStore, projectionStore), file, {
    receivedAt: 'now',
    now: new Date().toISOString(),
    channel: 'import',
    progress: () => undefined,
    result: () => undefined,
  });
  const seconds = (performance.now() - began) / 1000;
  clearInterval(watch);
  await db.close();
  return { owner, count, seconds, megabytes };
}

/** Copies what an import made into a database like it. @returns seconds */
async function copied(cluster: Cluster, made: pg.ClientConfig, folder: string): Promise<number> {
  await asOwner(made, async (db) => {
    for (const table of TABLES) await out(db, table, folder);
  });
  const { owner } = await cluster.database('copied');
  return asOwner(owner, async (db) => {
    await into(db, 'enterprises', path.join(folder, 'enterprises.copy'));
    const began = performance.now();
    for (const table of TABLES.slice(1)) await into(db, table, path.join(folder, `${table}.copy`));
    return (performance.now() - began) / 1000;
  });
}

async function out(db: pg.Client, table: string, folder: string): Promise<void> {
  await pipeline(db.query(copyTo(`copy ${table} to stdout`)), createWriteStream(path.join(folder, `${table}.copy`)));
}

async function into(db: pg.Client, table: string, file: string): Promise<void> {
  await pipeline(
    createReadStream(file, { highWaterMark: 1024 * 1024 }),
    db.query(copyFrom(`copy ${table} from stdin`)),
  );
}
