import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, DatabaseUnavailable, openDatabase } from '../../src/platform/db.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';

let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await openTestDatabase();
  await database.db.query('create table noted (a int); grant select, insert on noted to portal');
});
afterAll(async () => {
  await db?.close();
  await database.close();
});

/** A session keeps what it was told when it opened: one that is used further stays as a standby's would. */
const standby = (isOn: boolean) =>
  database.db.query(
    `alter database ${database.connection.database} set default_transaction_read_only = ${isOn ? 'on' : 'off'}`,
  );

const NOTED = sql`insert into noted values (1) returning a`;
const inTransaction = (run: Database['transaction']) => run((tx) => NOTED.execute(tx));
const compiled = (text: RawBuilder<unknown>) => text.compile(db.read);

test('a server that became a standby is a database that is away, and its connections are not used further', async () => {
  await standby(true);
  const log = { warn: () => undefined };
  db = openDatabase({ connection: database.connection, readers: 1, transactions: 1, log });
  const ways: Record<string, () => Promise<unknown>> = {
    read: () => db.rows(compiled(NOTED), []),
    once: () => db.once(compiled(NOTED), [], 'short'),
    'once, long': () => db.once(compiled(NOTED), [], 'long'),
    transaction: () => inTransaction(db.transaction),
    longTransaction: () => inTransaction(db.longTransaction),
    bulk: () => db.bulk('create temporary table passing (a int)', (bulk) => bulk.copy('noted', '1\n')),
  };
  for (const [name, way] of Object.entries(ways)) await expect(way(), name).rejects.toThrow(DatabaseUnavailable);
  expect(await db.rows(compiled(sql`select 7 as n`), []), 'a read of another').toEqual([{ n: 7 }]);

  await standby(false);
  // the reader above opened on the standby and never tried to write since: it learns on its next try
  await ways.read?.().catch(() => undefined);
  for (const [name, way] of Object.entries(ways)) await expect(way(), name).resolves.not.toThrow();
  expect((await database.db.query('select from noted')).rowCount).toBe(Object.keys(ways).length);
});
