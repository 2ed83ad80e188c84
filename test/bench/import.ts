import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { asOwner, type Cluster, openCluster } from './database.ts';
import type { FileAsked, FileDeclared } from './import.child.ts';
import { type LedgerLine, lineOf, xmlOf } from './import.files.ts';
import { median, spread, type Table } from './table.ts';

const SIZE = { workers: 10_000, periods: 200_000, seed: 'import' };
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
      let [peak, refused] = [0, 0];
      for (let round = 0; round < ROUNDS; round++) {
        const imported = await declared(cluster, folder, file);
        refused = imported.refused;
        speeds.push(imported.count / imported.seconds);
        peak = Math.max(peak, imported.peak);
        limits.push(imported.count / (await copied(cluster, imported.owner, folder)));
        process.stderr.write(`${path.basename(file.name)}: round ${round + 1} of ${ROUNDS}\n`);
      }
      const ratios = speeds.map((speed, i) => speed / (limits[i] ?? Number.NaN));
      rows.push([
        file.what,
        file.count,
        refused,
        spread(speeds, 0),
        Math.round(median(limits)),
        spread(ratios, 2),
        Math.round(peak),
      ]);
    }
    const columns = ['file', 'declarations', 'refused', 'declared /s', 'COPY /s', 'of COPY', 'peak MiB'];
    return [
      {
        title: 'Files declared with all rules beside COPY of the rows they make',
        columns,
        rows,
        notes: [`${ROUNDS} rounds`],
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
    await cluster.close();
  }
}

/** A file to declare. */
interface Written {
  name: string;
  what: string;
  count: number;
  /** Whose batch it is; null: the operator's import. */
  agencyNumber: string | null;
}

/** The ledger as the two kinds of file, and the directory apart. XML can only begin periods: it carries no ids of the source. */
async function written(db: pg.Client, folder: string): Promise<Written[]> {
  const { rows } = await db.query<LedgerLine>(
    `select declaration_id, kind, period_id, received_at::text, insz, content from declarations order by seq`,
  );
  const begun = rows.filter((row) => row.kind === 'IN');
  const at = (name: string) => path.join(folder, name);
  const [lines, forms, batch] = [at('history.jsonl'), at('forms.xml'), at('batch.xml.gz')];
  await pipeline(rows.map(lineOf), createWriteStream(lines));
  await pipeline(messageOf(begun), createWriteStream(forms));
  // one agency's: whatever it names in the file, a batch is its sender's
  const agencyNumber = begun[0]?.content.employer.enterpriseNumber ?? '';
  const own = begun.map(({ content, ...line }) => ({
    ...line,
    content: { ...content, employer: { enterpriseNumber: agencyNumber } },
  }));
  await pipeline(messageOf(own), createGzip(), createWriteStream(batch));
  await out(db, 'enterprises', folder);
  return [
    { name: lines, what: 'JSON lines, import', count: rows.length, agencyNumber: null },
    { name: forms, what: 'XML forms, import', count: begun.length, agencyNumber: null },
    { name: batch, what: 'XML forms, batch', count: begun.length, agencyNumber },
  ];
}

function messageOf(begun: LedgerLine[]): Iterable<string> {
  return ['<?xml version="1.0" encoding="UTF-8"?>\n<Dimona>\n', ...begun.map(xmlOf), '</Dimona>\n'];
}

/** In a process of its own: what this one holds is not the import's. */
async function declared(cluster: Cluster, folder: string, { name: file, agencyNumber }: Written) {
  const { owner, portal } = await cluster.database('imported');
  await asOwner(owner, (db) => into(db, 'enterprises', path.join(folder, 'enterprises.copy')));
  const asked: FileAsked = { connection: portal, file, agencyNumber };
  const child = fork(path.join(import.meta.dirname, 'import.child.ts'), [JSON.stringify(asked)], { execArgv: [] });
  const [answer] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [FileDeclared | number];
  if (typeof answer === 'number') throw new Error(`an import ended with ${answer}`);
  return { owner, ...answer };
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
