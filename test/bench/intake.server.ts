import Fastify from 'fastify';
import pg from 'pg';
import { intake } from '../../src/declarations/declarations.actions.ts';
import { declarationsStore } from '../../src/declarations/declarations.store.ts';
import { bodySchema, declarationOf } from '../../src/declarations/json-line.body.ts';
import { openDatabase } from '../../src/platform/db.ts';
import { projectionStore } from '../../src/relations/projection.store.ts';
import { reporting } from './list.child.ts';
import type { Errand } from './list.server.ts';

/** One Fastify server with two routes for the same body: the intake with all its rules, and the limit it is measured against. */
const { connection } = JSON.parse(process.argv[2] ?? '') as Errand;
const db = openDatabase({ connection, log: { warn: (_, message) => process.stderr.write(`${message}\n`) } });
const desk = intake(db, declarationsStore, projectionStore);
const pool = new pg.Pool({ ...connection, max: 16 });
const app = Fastify();
let asked = 0;

app.post('/declarations', async (request, reply) => {
  const now = new Date().toISOString();
  const declaration = declarationOf(bodySchema.parse(request.body), now);
  const [outcome] = await desk.receive([{ declaration, sourceKey: null }], {
    channel: 'service',
    now,
    sender: 'client:bench',
  });
  reply.code(201).header('location', `/declarations/${outcome?.declarationId}`);
  if (outcome?.result === 'B') throw new Error(`refused: ${outcome.anomalies}`);
  const { change: _, ...status } = outcome ?? {};
  return status;
});

/** No rules: a row as long as the ledger's in a transaction, over a pool, with statements planned once. */
app.post('/bare', async (request, reply) => {
  const id = `bare${process.pid}-${++asked}`;
  const { employer, worker } = request.body as { employer: { enterpriseNumber: string }; worker: { ssin: string } };
  const client = await pool.connect();
  try {
    await client.query({ name: 'begin', text: 'begin' });
    await client.query({
      name: 'insert',
      text: INSERT,
      values: [id, id, employer.enterpriseNumber, worker.ssin, JSON.stringify(request.body)],
    });
    await client.query({ name: 'commit', text: 'commit' });
  } finally {
    client.release();
  }
  reply.code(201).header('location', `/declarations/${id}`);
  return { declarationId: id, periodId: id, result: 'A', anomalies: [] };
});
const INSERT = `insert into bare (declaration_id, kind, period_id, agency_number, insz, received_at, channel, sender, result, anomalies, content)
  values ($1, 'IN', $2, $3, $4, now(), 'service', 'client:bench', 'A', '{}', $5)`;

await app.listen({ host: '127.0.0.1', port: 0 });
reporting(app.server);
