import type pg from 'pg';

/** Table → how many rows, and a sum over all that stands in them. */
export type State = Record<string, { rows: number; sum: string }>;

export async function stateOf(db: pg.ClientBase): Promise<State> {
  const state: State = {};
  for (const table of await tables(db)) {
    const { rows } = await db.query<{ rows: number; sum: string }>(
      `select count(*)::int as rows, coalesce(sum(hashtextextended(t::text, 0)), 0)::text as sum from ${table} t`,
    );
    if (rows[0]) state[table] = rows[0];
  }
  return state;
}

/** A moment at which nobody writes although many want to, by the database's clock, and what there was. */
export async function momentOf(db: pg.ClientBase): Promise<{ moment: string; state: State }> {
  for (;;) {
    try {
      await db.query('begin');
      await db.query(`lock table ${(await tables(db)).join(', ')} in share mode`);
      const state = await stateOf(db);
      const { rows } = await db.query<{ moment: string }>('select clock_timestamp()::text as moment');
      await db.query('commit');
      return { moment: rows[0]?.moment ?? '', state };
    } catch (error) {
      await db.query('rollback');
      if ((error as { code?: string }).code !== '40P01') throw error; // two waited for each other: the other goes first
    }
  }
}

async function tables(db: pg.ClientBase): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'pgboss') and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  );
  return rows.map(({ name }) => name);
}
