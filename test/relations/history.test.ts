import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Declaration } from '../../src/declarations/declaration.ts';
import { intake } from '../../src/declarations/declarations.actions.ts';
import type { Outcome } from '../../src/declarations/declarations.batch.ts';
import { declarationsStore } from '../../src/declarations/declarations.store.ts';
import { ownerScope } from '../../src/identity/visitor.ts';
import { parseFilter } from '../../src/relations/filter.ts';
import { projectionStore } from '../../src/relations/projection.store.ts';
import { relationData } from '../../src/relations/relations.data.ts';
import { relationsStore } from '../../src/relations/relations.store.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';
import { DAYS, NOW, type Sketch, sketch, Teller, world } from './history.example.ts';
import { Oracle } from './history.oracle.ts';

const TODAY = '2026-11-23';
const OURS = /^9\d{11}$/;
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

async function clean(): Promise<void> {
  await database.db.query('truncate declarations, relations, workers, worker_numbers, enterprises cascade');
  for (const [number, { name, nsso }] of world.directory) {
    await database.db.query(
      'insert into enterprises (enterprise_number, name, kind, nsso_number) values ($1, $2, $3, $4)',
      [number, name, 'agency', nsso],
    );
  }
  for (const [another, insz] of world.aliases) {
    await database.db.query(
      `with one as (insert into workers (insz) values ($2) returning worker_id)
       insert into worker_numbers select n, worker_id from one, unnest(array[$1, $2]) n`,
      [another, insz],
    );
  }
}

interface Telling {
  teller: Teller;
  oracle: Oracle;
  first: Map<string, Omit<Outcome, 'change'>>;
}

/** Declares a batch; every answer must be the oracle's, and the first answer again where the id was known. */
async function declare(batch: Declaration[], { teller, oracle, first }: Telling): Promise<void> {
  const received = batch.map((declaration) => ({ declaration, sourceKey: null }));
  const about = { channel: 'import', now: NOW } as const;
  const outcomes = await intake(database.portal, declarationsStore, projectionStore).receive(received, about);
  for (const [n, d] of batch.entries()) {
    const { change: _, ...outcome } = outcomes[n] as Outcome;
    const { declarationId, periodId, result, anomalies } = outcome;
    expect(d.declarationId ?? declarationId).toBe(declarationId);
    const known = first.get(declarationId);
    first.set(declarationId, known ?? outcome);
    teller.hear(d, known ? 'B' : result);
    if (known) {
      expect(outcome).toEqual(known);
      continue;
    }
    if (d.declarationId === undefined) expect(declarationId).toMatch(OURS);
    if (d.periodId === undefined && periodId !== null) expect(periodId).toMatch(OURS);
    if (d.kind === 'IN' && periodId !== null) d.periodId ??= periodId;
    const expected = oracle.declare({ ...d, declarationId });
    // a refusal names everything that is wrong, in an order that says nothing
    const told = (codes: string[]) => (result === 'B' ? [...codes].sort() : codes);
    expect({ result, anomalies: told(anomalies) }, JSON.stringify(d)).toEqual({
      ...expected,
      anomalies: told(expected.anomalies),
    });
    const isRefusedIn = d.kind === 'IN' && result === 'B';
    expect(periodId).toBe(isRefusedIn ? null : (d.periodId ?? null));
  }
}

async function compareRelations(oracle: Oracle): Promise<number> {
  const { rows } = await database.db.query<{ worker_id: string; insz: string[] }>(
    `select worker_id::text, array_agg(n.insz order by n.insz = w.insz desc) as insz
     from workers w join worker_numbers n using (worker_id) where exists (select from relations r where r.worker_id = w.worker_id) group by 1`,
  );
  expect(rows.map((row) => row.insz[0]).sort()).toEqual(oracle.workers());
  let count = 0;
  for (const sector of ['temp', 'other']) {
    const { filter } = parseFilter({ year: 'all', pageSize: 'all', sector }, TODAY);
    for (const { worker_id: workerId, insz } of rows) {
      const found = await relationsStore(database.portal).whole(ownerScope(workerId), filter, TODAY);
      const ordered = found.sort((a, b) => (a.periodId < b.periodId ? -1 : 1));
      const expected = oracle.relationsOf(insz[0] ?? '', TODAY, sector === 'temp');
      expect(ordered.map(relationData)).toEqual(expected.map(({ data }) => data));
      const hidden = ordered.map(({ userKey, timeline }) => ({
        userKey,
        daysChangedLate: timeline.map((entry) => entry.daysChangedLate),
      }));
      expect(hidden).toEqual(expected.map(({ hidden }) => hidden));
      count += ordered.length;
    }
  }
  const { rows: stood } = await database.db.query('select count(*)::int as n from relations');
  expect(stood[0]?.n).toBe(count);
  return count;
}

test('whatever is declared, in whatever batches: answers and relations are what the rules say', async () => {
  const sum = { declared: 0, relations: 0, A: 0, W: 0, B: 0 };
  const history = fc.array(sketch, { maxLength: 1000, size: 'max' });
  const sizes = fc.array(fc.constantFrom(1, 2, 5, 20, 100, 400), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(history, sizes, fc.constantFrom(...DAYS), async (sketches: Sketch[], cuts, window) => {
      await clean();
      const telling: Telling = { teller: new Teller(window), oracle: new Oracle(world), first: new Map() };
      for (let at = 0, n = 0; at < sketches.length; n++) {
        const size = cuts[n % cuts.length] ?? 1;
        await declare(
          sketches.slice(at, at + size).map((s) => telling.teller.tell(s)),
          telling,
        );
        at += size;
      }
      sum.relations += await compareRelations(telling.oracle);
      sum.declared += sketches.length;
      const { rows } = await database.db.query<{ result: 'A' | 'W' | 'B'; n: number }>(
        'select result, count(*)::int as n from declarations group by 1',
      );
      for (const { result, n } of rows) sum[result] += n;
    }),
    { numRuns: 20, seed: 20261123 },
  );
  expect(sum.declared).toBeGreaterThanOrEqual(5000);
  // a history in which nearly everything is refused would prove little
  expect(Math.min(sum.A / 2, sum.W, sum.relations / 2)).toBeGreaterThan(700);
}, 120_000);
