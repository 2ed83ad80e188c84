import { createReadStream } from 'node:fs';
import { batchesActions } from '../../src/declarations/batches.actions.ts';
import { batchesStore } from '../../src/declarations/batches.store.ts';
import { intake } from '../../src/declarations/declarations.actions.ts';
import { declarationsStore } from '../../src/declarations/declarations.store.ts';
import type { AgencyClient } from '../../src/identity/visitor.ts';
import { openDatabase } from '../../src/platform/db.ts';
import { projectionStore } from '../../src/relations/projection.store.ts';

/** A portal that takes a file in and declares it, to be killed in the middle: `batch.child.ts {connection, visitor, file, now}`. */
const { connection, visitor, file, now } = JSON.parse(process.argv[2] ?? '') as {
  connection: object;
  visitor: AgencyClient;
  file: string;
  now: string;
};
const db = openDatabase({ connection, log: { warn: () => undefined } });
const batches = batchesActions({
  db,
  store: batchesStore,
  intake: intake(db, declarationsStore, projectionStore),
  clock: { now: () => now },
  log: { error: (detail, message) => process.stderr.write(`${message} ${JSON.stringify(detail)}\n`) },
  slice: 100,
});
await batches.receive(
  visitor,
  { name: 'large.xml', bytes: createReadStream(file) as AsyncIterable<Buffer> },
  now,
  600_000,
);
process.exit(0);
