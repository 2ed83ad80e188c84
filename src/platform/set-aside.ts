import type pg from 'pg';
import { within } from './owner.ts';

/** Held while much is loaded: what is set aside belongs to that load, and nobody else puts it back. */
const LOCK = 7_203_313;

/** Indexes are made faster with room to sort in; a leader with one worker fills two cores. */
const QUICKLY = `set local maintenance_work_mem = '1GB'; set local max_parallel_maintenance_workers = 1`;

/**
 * Takes the indexes, keys and foreign keys of tables away, so that loading them maintains none. What they were is kept in the database, in
 * the same transaction: whoever dies, `putBack` makes all of it again. Checks and `not null` stay. Asks for the owner of the tables.
 */
export async function setAside(owner: pg.ClientBase, tables: readonly string[]): Promise<void> {
  await within(owner, async () => {
    const { rows } = await owner.query<{ away: string; back: string }>(ALL_OF, [tables]);
    for (const [position, { back }] of rows.entries())
      await owner.query('insert into set_aside (position, definition) values ($1, $2)', [position, back]);
    for (const { away } of rows.toReversed()) await owner.query(away);
  });
}

/** In the order in which they can be made: keys, indexes, and what points at keys. */
const ALL_OF = `
  with away as (select name::regclass as id from unnest($1::text[]) as name)
  select case contype when 'f' then 3 else 1 end as turn,
    format('alter table %s drop constraint %I', conrelid::regclass, conname) as away,
    format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as back
  from pg_constraint
  where contype in ('p', 'u', 'x') and conrelid in (select id from away)
    or contype = 'f' and (conrelid in (select id from away) or confrelid in (select id from away))
  union all
  select 2, format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
  from pg_index
  where indrelid in (select id from away)
    and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
  order by turn, back`;

/** Whether something is missing. A database from before there was such a thing misses nothing. */
export async function isSetAside(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query(`select to_regclass('set_aside') is not null as known`);
  if (!rows[0].known) return false;
  const { rowCount } = await client.query('select from set_aside limit 1');
  return rowCount === 1;
}

/**
 * Makes again what was set aside, one after the other, each in its own transaction: it may be cut off and goes on later.
 * @throws Error while a load is under way for which it is away
 */
export async function putBack(owner: pg.ClientBase, progress: Told = () => undefined): Promise<void> {
  if (!(await isSetAside(owner))) return;
  await asLoader(owner, async () => {
    const { rows } = await owner.query<{ position: number; definition: string }>(
      'select position, definition from set_aside order by position',
    );
    for (const [done, { position, definition }] of rows.entries()) {
      progress(done, rows.length);
      await within(owner, async () => {
        await owner.query(QUICKLY);
        await owner.query(definition);
        await owner.query('delete from set_aside where position = $1', [position]);
      });
    }
    progress(rows.length, rows.length);
  });
}

type Told = (done: number, total: number) => void;

/** One loader at a time, for as long as its connection lives. @throws Error when there is another */
export async function asLoader<T>(owner: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  const { rows } = await owner.query('select pg_try_advisory_lock($1) as held', [LOCK]);
  if (!rows[0].held) throw new Error('another “generate” is loading this database: wait until it is done');
  try {
    return await work();
  } finally {
    // a connection that broke let go by itself; what broke it is the fault to tell
    await owner.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => undefined);
  }
}
