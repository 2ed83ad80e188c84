import type { Duplex } from 'node:stream';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GenerateOptions, generate } from '../../src/generate/generate.actions.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { isSetAside } from '../../src/platform/set-aside.ts';
import { run } from '../command.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';

const options = { workers: 300, periods: 12_000, seed: 'parts', today: '2026-11-23', many: 1_000 };
const SOME = { workers: 40, periods: 2_000, seed: 'others', today: '2026-11-23', many: 1_000 };

const PRODUCTION = { SESSION_SECRET: 'x'.repeat(40), PUBLIC_URL: 'https://portal.example', EID_TRUST: '/nowhere' };

/** Everything that is made, and everything that the tables are; nobody else is connected while it is made. */
const WORLD = `
  select (select md5(string_agg(d::text, '|' order by seq)) from declarations d) as ledger,
    (select md5(string_agg(r::text, '|' order by period_id)) from relations r) as relations,
    (select md5(string_agg(w::text, '|' order by worker_id)) from workers w) as workers,
    (select md5(string_agg(n::text, '|' order by insz)) from worker_numbers n) as numbers,
    (select md5(string_agg(e::text, '|' order by enterprise_number)) from enterprises e) as firms`;
const SCHEMA = `
  select array_agg(told order by told) as all from (
    select indexdef as told from pg_indexes where tablename in ('declarations', 'relations', 'verifications')
    union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
      where conrelid in ('declarations'::regclass, 'relations'::regclass, 'verifications'::regclass)) as every`;

let schema: string;
let whole: object;
const opened: TestDatabase[] = [];

/** A database without anybody else in it. */
async function emptyGround(): Promise<TestDatabase> {
  const ground = await openTestDatabase();
  opened.push(ground);
  return ground;
}

async function withOwner<T>({ connection }: TestDatabase, work: (db: pg.Client) => Promise<T>): Promise<T> {
  const db = new pg.Client({ ...connection, user: 'postgres', options: '-c timezone=UTC' });
  db.on('error', () => undefined); // of a connection that is cut on purpose
  await db.connect();
  try {
    return await work(db);
  } finally {
    await db.end();
  }
}

const made = (ground: TestDatabase, some: Partial<GenerateOptions> = {}) =>
  withOwner(ground, (db) => generate({ ...options, ...some, db }));
const asked = <T>(ground: TestDatabase, sql: string) =>
  withOwner(ground, async (db) => (await db.query(sql)).rows[0] as T);

/** What the database sees of kill -9: the socket is gone in the middle of a word. */
async function cutOff(ground: TestDatabase, when: (done: number, indexes: boolean) => boolean): Promise<void> {
  await withOwner(ground, async (db) => {
    const cut = (indexes: boolean) => (done: number) => {
      if (when(done, indexes)) (db as unknown as { connection: { stream: Duplex } }).connection.stream.destroy();
    };
    await expect(generate({ ...options, db, progress: cut(false), indexes: cut(true) })).rejects.toThrow();
  });
  await alone(ground);
}

/** Until the database has seen that the other is gone. */
async function alone(ground: TestDatabase): Promise<void> {
  const others = `select count(*)::int as n from pg_stat_activity where datname = current_database() and usesysid is not null`;
  while ((await asked<{ n: number }>(ground, others)).n > 1) await new Promise((resolve) => setTimeout(resolve, 20));
}

beforeAll(async () => {
  const ground = await emptyGround();
  schema = JSON.stringify(await asked(ground, SCHEMA));
  expect(await made(ground)).toMatchObject({ workers: 300, relations: 12_000 });
  whole = await asked(ground, WORLD);
});
afterAll(async () => {
  for (const ground of opened) await ground.close();
});

describe('a load that is kept in parts', () => {
  it('leaves the indexes and keys as they were', async () => {
    expect(JSON.stringify(await asked(opened[0] as TestDatabase, SCHEMA))).toBe(schema);
  });

  it('ends with the same world wherever it was cut off, the day after too', async () => {
    const ground = await emptyGround();
    await cutOff(ground, (done, indexes) => !indexes && done > 9_000);
    expect(await withOwner(ground, isSetAside)).toBe(true);
    await cutOff(ground, (done, indexes) => !indexes && done > 11_500);
    await cutOff(ground, (done, indexes) => indexes && done === 5);
    const told: number[] = [];
    const again = await made(ground, { today: '2026-11-24', progress: (done) => told.push(done) });
    expect(again).toMatchObject({ workers: 300, relations: 12_000 });
    expect(Math.min(...told)).toBe(12_000);
    expect(await asked(ground, WORLD)).toEqual(whole);
    expect(JSON.stringify(await asked(ground, SCHEMA))).toBe(schema);
  });

  it('goes on though its indexes were made again meanwhile, and refuses everything else before it is done', async () => {
    const ground = await emptyGround();
    await cutOff(ground, (done, indexes) => !indexes && done > 9_000);
    await withOwner(ground, (db) => migrate(db, 'portal', true));
    expect(await withOwner(ground, isSetAside)).toBe(true);
    const refused = await run(ground.connection, ['serve'], { env: PRODUCTION });
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('run it again, or “migrate”') });
    await alone(ground);
    await withOwner(ground, (db) => migrate(db, 'portal'));
    expect(JSON.stringify(await asked(ground, SCHEMA))).toBe(schema);
    await expect(made(ground, SOME)).rejects.toThrow('--workers 300 --periods 12000 --seed parts');
    await expect(made(ground, { ...SOME, many: 5_000 })).rejects.toThrow('was cut off');
    await made(ground);
    expect(await asked(ground, WORLD)).toEqual(whole);
  });

  it('is not begun anew by accident, and stands beside another', async () => {
    const [ground] = opened as [TestDatabase];
    expect(await made(ground)).toMatchObject({ isKnown: true, workers: 300, relations: 12_000 });
    expect(await asked(ground, WORLD)).toEqual(whole);
    expect(await made(ground, SOME)).toMatchObject({ workers: 40, relations: 2_000 });
    const counted = 'select count(*)::int as n, count(distinct worker_id)::int as workers from relations';
    expect(await asked(ground, counted)).toEqual({ n: 14_000, workers: 340 });
  });

  it('lets nobody put back what it set aside, nor load beside it', async () => {
    const ground = await emptyGround();
    const tried: Promise<string>[] = [];
    const fault = (work: Promise<unknown>) =>
      work.then(
        () => 'done',
        (error: Error) => error.message,
      );
    await made(ground, {
      progress: (done) => {
        if (done < 9_000 || tried.length > 0) return;
        tried.push(
          withOwner(ground, (db) => fault(migrate(db, 'portal'))),
          withOwner(ground, (db) => fault(generate({ ...options, db }))),
        );
      },
    });
    for (const message of await Promise.all(tried)) expect(message).toMatch('is loading this database');
    expect(await asked(ground, WORLD)).toEqual(whole);
  });

  it('keeps the indexes where somebody else is at work, and makes the same', async () => {
    const ground = await emptyGround();
    await withOwner(ground, async (other) => {
      await made(ground, { indexes: () => expect.unreachable() });
      expect((await other.query(WORLD)).rows[0]).toEqual(whole);
    });
  });
});
