import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../database.ts';
import { textOf } from './sources.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** The second cells of the one table of that section of docs/operations.md. */
function keyed(): string[] {
  const section = textOf('docs/operations.md').split('\n## Beyond one server\n')[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => /^\| (?!by \||-)/.test(line) && !/^\|-/.test(line));
  return rows.flatMap((row) => [...(row.split(' | ')[1] ?? '').matchAll(/`([\w.]+)`/g)].map(([, name]) => name ?? ''));
}

it('is thought through for every table there is, once', async () => {
  const { rows } = await database.db.query<{ name: string }>(
    `select case n.nspname when 'public' then c.relname else n.nspname || '.' || c.relname end as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'pgboss') and c.relkind in ('r', 'p') and not c.relispartition`,
  );
  expect(keyed().sort()).toEqual(rows.map(({ name }) => name).sort());
});
