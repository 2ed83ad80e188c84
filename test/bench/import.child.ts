import { createReadStream } from 'node:fs';
import type pg from 'pg';
import { batchesActions } from '../../src/declarations/batches.actions.ts';
import { batchesStore } from '../../src/declarations/batches.store.ts';
import { intake } from '../../src/declarations/declarations.actions.ts';
import { declarationsStore } from '../../src/declarations/declarations.store.ts';
import { importFile } from '../../src/declarations/import.actions.ts';
import type { AgencyClient } from '../../src/identity/visitor.ts';
import { openDatabase } from '../../src/platform/db.ts';
import { projectionStore } from '../../src/relations/projection.store.ts';

/** A process that declares one file, and says what it cost. */
export interface FileAsked {
  connection: pg.ClientConfig;
  file: string;
  /** Sent as the batch of an agency; else imported by the operator. */
  agencyNumber: string | null;
}
export interface FileDeclared {
  count: number;
  /** Of these, how many were refused. */
  refused: number;
  seconds: number;
  /** The most memory this process ever held, MiB. */
  peak: number;
}

const { connection, file, agencyNumber } = JSON.parse(process.argv[2] ?? '') as FileAsked;
const now = new Date().toISOString();
const db = openDatabase({ connection, log: { warn: (_, message) => process.stderr.write(`${message}\n`) } });
const door = intake(db, declarationsStore, projectionStore);
const began = performance.now();
const { count, refused } = await (agencyNumber === null ? imported() : asBatch(agencyNumber));
const seconds = (performance.now() - began) / 1000;
await db.close();
process.send?.({ count, refused, seconds, peak: process.resourceUsage().maxRSS / 1024 } satisfies FileDeclared);
process.disconnect?.();

async function imported() {
  let refused = 0;
  const count = await importFile(door, file, {
    receivedAt: 'now',
    now,
    channel: 'import',
    progress: () => undefined,
    result: ({ result }) => {
      if (result === 'B') refused++;
    },
  });
  return { count, refused };
}

async function asBatch(agencyNumber: string) {
  const batches = batchesActions({
    db,
    store: batchesStore,
    intake: door,
    clock: { now: () => new Date().toISOString() },
    log: { error: (detail, message) => process.stderr.write(`${message} ${JSON.stringify(detail)}\n`) },
  });
  const visitor: AgencyClient = { kind: 'client', clientId: 'bench', agencyNumber, nssoNumber: null, scopes: [] };
  const bytes = createReadStream(file) as AsyncIterable<Buffer>;
  const { batch } = await batches.receive(visitor, { name: 'forms.xml.gz', bytes }, now, 600_000);
  const { A, W, B } = batch.results;
  return { count: A + W + B, refused: B };
}
