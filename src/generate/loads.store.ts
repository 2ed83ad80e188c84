import type pg from 'pg';
import { asLoader, isSetAside, putBack, setAside } from '../platform/set-aside.ts';

/** What is loaded together, whoever makes it: its people, its ledger. */
const TABLES = ['declarations', 'relations'];

/** What a load was asked with; `today` is that of the day it began. */
interface Asked {
  workers: number;
  periods: number;
  seed: string;
  today: string;
}

interface Made {
  companies: number;
  workers: number;
  declarations: number;
  relations: number;
}

/** A made-up world that is loaded in parts. */
export interface GeneratedLoad {
  key: string;
  today: string;
  isFinished: boolean;
  made: Made;
  /** The highest worker who was there before it. */
  lastWorkerBefore: string;
  lastId: string;
}

interface Row {
  generated_id: string;
  today: string;
  is_finished: boolean;
  companies: number;
  workers_made: number;
  declarations_made: string;
  periods_made: number;
  before_worker: string;
  last_id: string;
}

/** Loads that are kept part by part, over the owner's connection. */
export const loadsStore = {
  asLoader,

  /** The load that was asked with the same words. @throws Error when another one was cut off: it comes first */
  async find(db: pg.ClientBase, asked: Asked): Promise<GeneratedLoad | null> {
    await loadsStore.refuseUnfinished(db, asked);
    const { rows } = await db.query<Row>(
      `select *, to_char(today, 'YYYY-MM-DD') as today, finished_at is not null as is_finished
       from generated where workers = $1 and periods = $2 and seed = $3 order by generated_id desc limit 1`,
      [asked.workers, asked.periods, asked.seed],
    );
    return rows[0] ? loadOf(rows[0]) : null;
  },

  /** @param but the one that may be unfinished. @throws Error */
  async refuseUnfinished(db: pg.ClientBase, but?: Asked): Promise<void> {
    const { rows } = await db.query<Asked>('select workers, periods, seed from generated where finished_at is null');
    const [begun] = rows;
    if (!begun) return;
    const { workers, periods, seed } = begun;
    if (but?.workers === workers && but.periods === periods && but.seed === seed) return;
    const command = `generate --workers ${workers} --periods ${periods} --seed ${seed}`;
    throw new Error(`a load was cut off in this database: finish it first, with “${command}”`);
  },

  async begin(
    db: pg.ClientBase,
    { workers, periods, seed, today }: Asked,
    at: { companies: number; lastWorkerBefore: string; lastId: string },
  ): Promise<GeneratedLoad> {
    const { rows } = await db.query<Row>(
      `insert into generated (workers, periods, seed, today, companies, before_worker, last_id)
       values ($1, $2, $3, $4, $5, $6, $7)
       returning *, to_char(today, 'YYYY-MM-DD') as today, false as is_finished`,
      [workers, periods, seed, today, at.companies, at.lastWorkerBefore, at.lastId],
    );
    return loadOf(rows[0] as Row);
  },

  /**
   * Before the first part of a run: what a part that was cut off drew from the sequences counts again, so that the world gets the keys it would
   * have had; and where it pays and disturbs nobody, indexes are set aside.
   */
  async arrange(db: pg.ClientBase, { made }: GeneratedLoad, periods: number): Promise<void> {
    // the part and how far it is are one transaction: a crash of the machine only repeats the last ones
    await db.query(`set synchronous_commit = off; set client_connection_check_interval = '5s'`);
    const isAside = await isSetAside(db);
    if (!isAside && !(await isAlone(db))) return;
    await db.query(isAside ? COUNTED_ON.replace('max(seq) from declarations', 'last_seq from unfinished') : COUNTED_ON);
    const left = periods - made.relations;
    if (!isAside && left > 0 && (await paysSetAside(db, left))) await setAside(db, TABLES);
  },

  /** One part: its rows and how far the load is with them, together or not at all. */
  async inPart(
    db: pg.ClientBase,
    { key }: GeneratedLoad,
    { made, lastId }: { made: Made; lastId: string },
    work: () => Promise<void>,
  ): Promise<void> {
    await db.query('begin');
    try {
      await work();
      await db.query(
        `update generated set workers_made = $2, declarations_made = $3, periods_made = $4, last_id = $5,
           last_seq = pg_sequence_last_value(pg_get_serial_sequence('declarations', 'seq')) where generated_id = $1`,
        [key, made.workers, made.declarations, made.relations, lastId],
      );
      await db.query('commit');
    } catch (error) {
      await db.query('rollback').catch(() => undefined); // gone with its connection
      throw error;
    }
  },

  /** What was set aside is made again, and the planner knows what there is now. */
  async finish(db: pg.ClientBase, { key }: GeneratedLoad, progress?: (done: number, total: number) => void) {
    await putBack(db, progress);
    await db.query('analyze declarations, relations, workers, worker_numbers, enterprises');
    await db.query('update generated set finished_at = now() where generated_id = $1', [key]);
  },
};

/** Without its index the ledger is not asked for its last row: the load knows. */
const COUNTED_ON = `
  with unfinished as (select last_seq from generated where finished_at is null),
    last as (select (select max(worker_id) from workers) as worker, (select max(seq) from declarations) as seq)
  select setval(pg_get_serial_sequence('workers', 'worker_id'), greatest(worker, 1), worker is not null),
    setval(pg_get_serial_sequence('declarations', 'seq'), greatest(seq, 1), seq is not null)
  from last`;

async function isAlone(db: pg.ClientBase): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from pg_stat_activity
     where datname = current_database() and usesysid is not null and pid <> pg_backend_pid() limit 1`,
  );
  return rowCount === 0;
}

/** The tables are ours, and most of what they will hold is still to come. */
async function paysSetAside(db: pg.ClientBase, left: number): Promise<boolean> {
  const { rows } = await db.query(
    `select (select count(*) from (select from relations limit $1) standing) < $1
       and (select bool_and(pg_has_role(relowner, 'usage')) from pg_class where oid = any($2::regclass[])) as pays`,
    [left, TABLES],
  );
  return rows[0].pays;
}

function loadOf(row: Row): GeneratedLoad {
  return {
    key: row.generated_id,
    today: row.today,
    isFinished: row.is_finished,
    made: {
      companies: row.companies,
      workers: row.workers_made,
      declarations: Number(row.declarations_made),
      relations: row.periods_made,
    },
    lastWorkerBefore: row.before_worker,
    lastId: row.last_id,
  };
}
