import { afterAll, beforeAll, expect, it } from 'vitest';
import { sealingStore } from '../../src/access/sealing.store.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

it('many rows that wait are sealed soon, although the database takes the list of those for empty', async () => {
  const { db, portal } = database;
  const { seal } = sealingStore(portal);
  await db.query('alter table access_unsealed set (autovacuum_enabled = off)');
  await write(db, 500);
  expect(await seal()).toBe(500);
  await db.query('analyze access_unsealed'); // counted as nearly always: nobody waits
  await write(db, 3_000);
  const began = performance.now();
  expect(await seal()).toBe(3_000);
  expect(performance.now() - began).toBeLessThan(20_000);
}, 60_000);

async function write(db: TestDatabase['db'], rows: number): Promise<void> {
  await db.query(
    `insert into access_rows (at, actor_kind, subject_insz, purpose, channel)
     select '2026-11-05', 'worker', '85073003328', 'relations', 'page' from generate_series(1, $1::int)`,
    [rows],
  );
  await db.query(
    `insert into access_unsealed (id, at, digest) select a.id, a.at, access_digest(a) from access_rows a
     where not exists (select from access_seals s where s.access_id = a.id)`,
  );
}
