import { once } from 'node:events';
import { existsSync } from 'node:fs';
import net from 'node:net';
import { sql } from 'kysely';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, type DatabaseOptions, DatabaseUnavailable, openDatabase } from '../../src/platform/db.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';

let database: TestDatabase;
let portal: Database;
const silent = { warn: () => undefined };

beforeAll(async () => {
  database = await openTestDatabase();
  portal = openDatabase({ connection: database.connection, log: silent });
});
afterAll(async () => {
  await portal.close();
  await database.close();
});

async function withDatabase<T>(options: Partial<DatabaseOptions>, work: (db: Database) => Promise<T>): Promise<T> {
  const db = openDatabase({ connection: database.connection, log: silent, ...options });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

const compiled = <R>(db: Database, text: string) => sql.raw<R>(text).compile(db.read);
const fault = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: Error) => error,
  );

describe('statements', () => {
  test('are named: planned once a connection, whatever the parameters', async () => {
    await withDatabase({ readers: 1, transactions: 1 }, async (db) => {
      const query = compiled<{ n: string }>(db, 'select $1::text as n');
      for (const n of ['a', 'b', 'c']) expect(await db.rows(query, [n])).toEqual([{ n }]);
      const prepared = 'select statement, count(*)::int as n from pg_prepared_statements group by 1 order by 1';
      expect(await db.rows(compiled(db, prepared), [])).toEqual([
        { statement: 'select $1::text as n', n: 1 },
        { statement: prepared, n: 1 },
      ]);
      await db.transaction(async (tx) => {
        for (let i = 0; i < 3; i++) await sql`select ${i}::int`.execute(tx);
        const { rows } = await sql<{
          statement: string;
        }>`select statement from pg_prepared_statements where statement like 'select $%'`.execute(tx);
        expect(rows).toEqual([{ statement: 'select $1::int' }]);
      });
    });
  });

  test('bring days, moments and long numbers as text, moments as ISO 8601 in UTC', async () => {
    const text = `select date '2026-03-29' as day, timestamptz '2026-03-29 03:30:00.25+02' as moment, 9007199254740993::int8 as long,
      timestamptz '2026-11-23 00:00:00+01' as whole, 7 as short, array['a'] as list, '{"a":1}'::jsonb as json, null::date as none`;
    const row = {
      ...{
        day: '2026-03-29',
        moment: '2026-03-29T01:30:00.25Z',
        long: '9007199254740993',
        whole: '2026-11-22T23:00:00Z',
      },
      ...{ short: 7, list: ['a'], json: { a: 1 }, none: null },
    };
    expect(await portal.rows(compiled(portal, text), [])).toEqual([row]);
    const run = async (work: Database['transaction']) => work(async (tx) => (await sql.raw(text).execute(tx)).rows);
    expect(await run(portal.transaction)).toEqual([row]);
    expect(await run(portal.longTransaction)).toEqual([row]);
  });

  test('sent at once come back to whom they belong', async () => {
    const query = compiled<{ n: number }>(portal, 'select $1::int as n');
    const numbers = Array.from({ length: 150 }, (_, n) => n);
    expect(await Promise.all(numbers.map((n) => portal.rows(query, [n])))).toEqual(numbers.map((n) => [{ n }]));
  });
});

describe('a migration under way', () => {
  test('that gives a table another column is not noticed by who reads or writes one statement', async () => {
    await database.db.query('create table widening (a int); grant select, insert on widening to portal');
    await withDatabase({ readers: 1, transactions: 1 }, async (db) => {
      const read = compiled<object>(db, 'select * from widening');
      const write = compiled<object>(db, 'insert into widening (a) values ($1::int) returning *');
      expect(await db.rows(read, [])).toEqual([]);
      expect(await db.once(write, [1], 'short')).toEqual([{ a: 1 }]);
      await db.transaction((tx) => sql`select * from widening`.execute(tx));
      await database.db.query('alter table widening add column b int');

      expect(await Promise.all([db.rows(read, []), db.rows(read, [])])).toEqual([
        [{ a: 1, b: null }],
        [{ a: 1, b: null }],
      ]);
      expect(await db.once(write, [2], 'short')).toEqual([{ a: 2, b: null }]);
      const inTransaction = () =>
        db.transaction(async (tx) => (await sql`select * from widening`.execute(tx)).rows.length);
      expect(await inTransaction()).toBe(2);
      await database.db.query('alter table widening add column c int');
      expect([await fault(inTransaction()), await inTransaction()]).toEqual([expect.any(DatabaseUnavailable), 2]);
    });
  });
});

describe('a fault', () => {
  const wrong = ['select nothing', 'select 1/0', 'select * from there_is_no_such_table'];

  test.each(wrong)('of a statement stays one, and hurts no other: %s', async (text) => {
    const good = compiled(portal, 'select 1 as n');
    const all = await Promise.all([
      portal.rows(good, []),
      fault(portal.rows(compiled(portal, text), [])),
      portal.rows(good, []),
    ]);
    expect(all[0]).toEqual(all[2]);
    for (const error of [all[1], await fault(portal.transaction((tx) => sql.raw(text).execute(tx)))]) {
      expect(error).toMatchObject({ code: expect.stringMatching(/^(42703|22012|42P01)$/) });
      expect(error).not.toBeInstanceOf(DatabaseUnavailable);
    }
  });

  test('of the work itself stays one, whatever its words, and undoes the work', async () => {
    const own = Object.assign(new Error('terminated: connection timeout'), { code: 'ENOENT' });
    const work = portal.transaction(async (tx) => {
      await sql`insert into sign_in_challenges values ('\\x00', 'n', now())`.execute(tx);
      throw own;
    });
    expect(await fault(work)).toBe(own);
    expect((await database.db.query('select from sign_in_challenges')).rowCount).toBe(0);
  });

  test('of the connection is one of its own', async () => {
    const nowhere = { connection: { ...database.connection, port: 1 } };
    await withDatabase(nowhere, async (db) => {
      expect(await fault(db.rows(compiled(db, 'select 1'), []))).toBeInstanceOf(DatabaseUnavailable);
      expect(await fault(db.transaction((tx) => sql`select 1`.execute(tx)))).toBeInstanceOf(DatabaseUnavailable);
      expect(await fault(db.longTransaction((tx) => sql`select 1`.execute(tx)))).toBeInstanceOf(DatabaseUnavailable);
    });
  });

  test('of time spends its connection: nobody is put behind what is not answered', async () => {
    const connection = { ...database.connection, query_timeout: 300, statement_timeout: 0 };
    await withDatabase({ connection, readers: 1, transactions: 1 }, async (db) => {
      const read = (text: string) => db.rows(compiled(db, text), []);
      const write = (text: string) => db.transaction((tx) => sql.raw(text).execute(tx));
      for (const ask of [read, write]) {
        expect(await fault(ask('select pg_sleep(4)'))).toBeInstanceOf(DatabaseUnavailable);
        const began = performance.now();
        await ask('select 1');
        expect(performance.now() - began).toBeLessThan(2_000);
      }
    });
  });

  test('of time is one too: no statement waits for ever', async () => {
    const blocker = await database.db.connect();
    try {
      await blocker.query('begin; lock table overviews in access exclusive mode');
      const began = performance.now();
      const both = [
        portal.rows(compiled(portal, 'select from overviews'), []),
        portal.transaction((tx) => sql`select from overviews`.execute(tx)),
      ];
      for (const error of await Promise.all(both.map(fault))) expect(error).toBeInstanceOf(DatabaseUnavailable);
      expect(performance.now() - began).toBeLessThan(2_500);
    } finally {
      await blocker.query('rollback');
      blocker.release();
    }
  });
});

test('connections that the server ends are made anew, and none is left behind', async () => {
  const of = "from pg_stat_activity where application_name = 'mended'";
  const connections = async () => (await database.db.query(`select count(*)::int as n ${of}`)).rows[0].n;
  const connection = { ...database.connection, application_name: 'mended' };
  await withDatabase({ connection, readers: 3 }, async (db) => {
    const query = compiled<{ n: number }>(db, 'select 1 as n');
    const reads = () => Promise.all(Array.from({ length: 12 }, () => fault(db.rows(query, []))));
    const writes = () =>
      Promise.all(Array.from({ length: 8 }, () => fault(db.transaction((tx) => sql`select 1`.execute(tx)))));
    for (let i = 0; i < 10; i++) {
      await Promise.all([reads(), writes()]);
      const under = Promise.all([reads(), writes()]);
      await database.db.query(`select pg_terminate_backend(pid) ${of}`);
      for (const answer of (await under).flat())
        if (answer !== 'none') expect(answer).toBeInstanceOf(DatabaseUnavailable);
    }
    const isHurt = async () => (await Promise.all([reads(), writes()])).flat().some((answer) => answer !== 'none');
    for (let again = await isHurt(); again; again = await isHurt());
    expect(await connections()).toBeLessThanOrEqual(3 + 8);
  });
  // the server sees the closed ones a moment later; one that was left behind stays
  while ((await connections()) > 0);
});

test('a transaction whose connection is lost between two statements fails, and not the process', async () => {
  const work = portal.transaction(async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    await database.db.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    while ((await database.db.query('select from pg_stat_activity where pid = $1', [rows[0]?.pid])).rowCount);
    await sql`select 1`.execute(tx);
  });
  expect(await fault(work)).toBeInstanceOf(DatabaseUnavailable);
});

test('more reads than the bound are refused at once, the others are answered', async () => {
  await withDatabase({ readers: 2, inFlight: 10 }, async (db) => {
    const query = compiled(db, 'select pg_sleep(0.05)');
    const answers = await Promise.all(Array.from({ length: 15 }, () => fault(db.rows(query, []))));
    expect(answers.slice(0, 10)).toEqual(Array(10).fill('none'));
    expect(answers.slice(10).every((answer) => answer instanceof DatabaseUnavailable)).toBe(true);
    expect(await fault(db.rows(query, []))).toBe('none');
  });
});

describe('a database that freezes', () => {
  let wire: Wire;
  beforeAll(async () => {
    wire = await openWire(database.connection);
  });
  afterAll(() => wire.close());

  test('is known within 2.5 s by everybody who waits, and used again once it thaws', async () => {
    await withDatabase(
      { connection: { ...database.connection, ...wire.address }, readers: 2, transactions: 2 },
      async (db) => {
        const read = () => fault(db.rows(compiled(db, 'select 1'), []));
        const write = () => fault(db.transaction((tx) => sql`select 1`.execute(tx)));
        expect(await Promise.all([read(), read(), write(), write()])).toEqual(['none', 'none', 'none', 'none']);
        wire.freeze(true);
        const began = performance.now();
        const waiting = [read(), write(), read(), write(), write(), read()];
        for (const answer of await Promise.all(waiting)) expect(answer).toBeInstanceOf(DatabaseUnavailable);
        expect(performance.now() - began).toBeLessThan(2_500);
        wire.freeze(false);
        const until = performance.now() + 4_000;
        const answers: (string | Error)[][] = [];
        do answers.push(await Promise.all([read(), write(), read(), write(), read(), write()]));
        while (answers.at(-1)?.some((answer) => answer !== 'none') && performance.now() < until);
        expect(answers.at(-1)).toEqual(Array(6).fill('none'));
      },
    );
  });
});

interface Wire {
  address: { host: string; port: number };
  freeze(isFrozen: boolean): void;
  close(): Promise<void>;
}

/** A wire to the server that can stop carrying anything, without closing. */
async function openWire({ host = '', port = 5432 }: pg.ClientConfig): Promise<Wire> {
  const sockets = new Set<net.Socket>();
  let isFrozen = false;
  const server = net.createServer({ pauseOnConnect: false }, (near) => {
    const file = `${host}/.s.PGSQL.${port}`;
    const far = existsSync(file) ? net.connect(file) : net.connect(port, host);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      if (isFrozen) from.pause();
      from.on('data', (data) => to.write(data));
      from.on('close', () => to.destroy());
      from.on('error', () => to.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: { host: '127.0.0.1', port: (server.address() as net.AddressInfo).port },
    freeze(frozen) {
      isFrozen = frozen;
      for (const socket of sockets) frozen ? socket.pause() : socket.resume();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
