import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { installJobs, missingQueues } from '../../src/platform/jobs.schema.ts';
import { GiveUp, type Jobs, openJobs } from '../../src/platform/jobs.ts';
import { openTestDatabase, type TestDatabase } from '../database.ts';

type Post = { parcels: { parcel: number }; letters: { letter: number } };

const RULES = { tries: 3, firstWait: 30, longestWait: 40, longestTry: 60, atOnce: 10 };
const queues = { parcels: RULES, letters: RULES };
const told: string[] = [];
const note = ({ queue, err }: { queue?: string; err?: string }, message: string) =>
  told.push([queue, message, err].filter(Boolean).join(': '));
const log = { warn: note, error: note };

let database: TestDatabase;
let open: Jobs<Post>[] = [];
const jobsOf = (every?: { look: number; supervise: number }) => {
  const jobs = openJobs<Post>({
    db: database.portal,
    connection: database.connection,
    log,
    queues,
    ...(every && { every }),
  });
  open.push(jobs);
  return jobs;
};
const send = (jobs: Jobs<Post>, parcel: number) =>
  database.portal.transaction((tx) => jobs.enqueue(tx, 'parcels', { parcel }));
const states = async () =>
  (
    await database.db.query(
      `select name, state, data from pgboss.job where state <> 'completed' order by name, created_on`,
    )
  ).rows;

beforeAll(async () => {
  database = await openTestDatabase();
  const owner = new pg.Client({ ...database.connection, user: 'postgres' });
  await owner.connect();
  await installJobs(owner, queues);
  await owner.end();
});
afterEach(async () => {
  await Promise.all(open.map((jobs) => jobs.close()));
  open = [];
  told.length = 0;
  await database.db.query('delete from pgboss.job');
});
afterAll(() => database.close());

describe('a job', () => {
  it('is there when its transaction is, and not otherwise', async () => {
    const done: number[] = [];
    const jobs = jobsOf();
    jobs.does('parcels', { run: async ({ data }) => void done.push(data.parcel) });
    await send(jobs, 1);
    const cancelled = database.portal.transaction(async (tx) => {
      await jobs.enqueue(tx, 'parcels', { parcel: 2 });
      throw new Error('thought better of it');
    });
    await expect(cancelled).rejects.toThrow('thought better');
    expect(await jobs.workOff()).toBe(1);
    expect(done).toEqual([1]);
    expect(await jobs.workOff()).toBe(0);
  });

  it('is one more part of a single statement', async () => {
    const done: number[] = [];
    const jobs = jobsOf();
    jobs.does('parcels', { run: async ({ data }) => void done.push(data.parcel) });
    const statement = sql<{ n: number }>`
      with wanted as (select n from generate_series(1, 3) as n where n <> 2),
        queued as (select enqueue_job('parcels', jsonb_build_object('parcel', n)) from wanted)
      select count(*)::int as n from queued`.compile(database.portal.read);
    expect(await database.portal.once(statement, statement.parameters, 'short')).toEqual([{ n: 2 }]);
    await jobs.workOff();
    expect(done.sort()).toEqual([1, 3]);
  });

  it('for a queue that is not there is refused, and all that belongs to it', async () => {
    await expect(sql`select enqueue_job('nowhere', '{}')`.execute(database.portal.read)).rejects.toThrow(
      'no queue nowhere',
    );
  });

  it('waits as long as it was told to', async () => {
    const jobs = jobsOf();
    jobs.does('parcels', { run: async () => undefined });
    await database.portal.transaction((tx) => jobs.enqueue(tx, 'parcels', { parcel: 1 }, 3600));
    expect(await jobs.workOff()).toBe(0);
    expect(await jobs.workOff({ early: true })).toBe(1);
  });
});

describe('a job that fails', () => {
  it('is tried again later and later, then ends among the dead letters, and its room is told', async () => {
    const tries: unknown[] = [];
    const gone: number[] = [];
    const jobs = jobsOf();
    jobs.does('parcels', {
      run: async ({ attempt, nextTry }) => {
        tries.push([attempt, nextTry]);
        throw new Error('nobody home');
      },
      gaveUp: async (data) => void gone.push(data.parcel),
    });
    await send(jobs, 7);
    await jobs.workOff();
    const [{ seconds }] = (
      await database.db.query(
        `select extract(epoch from start_after - now()) as seconds from pgboss.job where state = 'retry'`,
      )
    ).rows;
    expect(Number(seconds)).toBeGreaterThan(29);
    expect(Number(seconds)).toBeLessThan(41);
    expect(await jobs.workOff()).toBe(0);
    while ((await jobs.workOff({ early: true })) > 0);
    expect(tries).toEqual([
      [1, 30],
      [2, 40],
      [3, null],
    ]);
    expect(gone).toEqual([7]);
    const { rows } = await database.db.query(
      `select data, source_output -> 'message' as why from pgboss.job where name = 'dead-letters'`,
    );
    expect(rows).toEqual([{ data: { parcel: 7 }, why: 'nobody home' }]);
    expect(told).toContain('parcels: a job is among the dead letters');
    expect(await jobs.depths()).toEqual([{ queue: 'dead-letters', state: 'dead', jobs: 1 }]);
  });

  it('is not tried again when that is of no use', async () => {
    const gone: number[] = [];
    const jobs = jobsOf();
    jobs.does('parcels', {
      run: async () => {
        throw new GiveUp('no such address');
      },
      gaveUp: async (data) => void gone.push(data.parcel),
    });
    await send(jobs, 8);
    await jobs.workOff();
    await jobs.workOff();
    expect(gone).toEqual([8]);
    expect(told).toContain('parcels: a job was given up: no such address');
  });

  it('keeps nobody else waiting', async () => {
    const done: number[] = [];
    const jobs = jobsOf();
    jobs.does('parcels', { run: () => Promise.reject(new Error('closed')) });
    jobs.does('letters', { run: async ({ data }) => void done.push(data.letter) });
    await send(jobs, 1);
    await database.portal.transaction((tx) => jobs.enqueue(tx, 'letters', { letter: 2 }));
    await jobs.workOff();
    expect(done).toEqual([2]);
    expect(await states()).toEqual([{ name: 'parcels', state: 'retry', data: { parcel: 1 } }]);
    expect(await jobs.depths()).toEqual([{ queue: 'parcels', state: 'retrying', jobs: 1 }]);
  });
});

describe('workers', () => {
  const done = new Map<number, number>();
  const counting = async ({ data }: { data: { parcel: number } }) => {
    const n = data.parcel;
    done.set(n, (done.get(n) ?? 0) + 1);
  };
  const until = async (holds: () => boolean | Promise<boolean>) => {
    const late = Date.now() + 20_000;
    while (!(await holds())) {
      if (Date.now() > late) throw new Error('it did not happen');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  let seen = '';
  const housekeeping = async () => {
    const at = async () =>
      (await database.db.query(`select max(monitor_on)::text as at from pgboss.queue`)).rows[0].at ?? '';
    await until(async () => (await at()) > seen);
    seen = await at();
    return Date.parse(seen);
  };

  it('work jobs off as they come, as the portal’s own role, and without a fault', async () => {
    const jobs = jobsOf({ look: 0.5, supervise: 1 });
    jobs.does('parcels', { run: counting });
    await jobs.start();
    for (let n = 0; n < 25; n++) await send(jobs, n);
    await until(() => done.size === 25);
    const [first, second] = [await housekeeping(), await housekeeping()]; // two rounds: the first is over when the second begins
    expect(second).toBeGreaterThan(first);
    expect([...done.values()].every((times) => times === 1)).toBe(true);
    expect(told).toEqual([]);
  }, 30_000);

  it('take up what a killed process held', async () => {
    done.clear();
    const jobs = jobsOf({ look: 0.5, supervise: 1 });
    jobs.does('parcels', { run: counting });
    await send(jobs, 99);
    // a process took it, and was killed a minute ago
    await database.db.query(`update pgboss.job set state = 'active', started_on = now() - interval '1 minute',
      heartbeat_on = now() - interval '1 minute' where data ->> 'parcel' = '99'`);
    await jobs.start();
    await until(async () => (await states())[0]?.state === 'retry');
    expect(await jobs.workOff({ early: true })).toBe(1);
    expect(done.get(99)).toBe(1);
  }, 30_000);

  it('finish what they hold before they close', async () => {
    const jobs = jobsOf({ look: 0.5, supervise: 60 });
    let release: () => void = () => undefined;
    let state = 'waiting';
    jobs.does('parcels', {
      async run() {
        state = 'begun';
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        state = 'done';
      },
    });
    await jobs.start();
    await send(jobs, 5);
    await until(() => state === 'begun');
    const closed = jobs.close();
    release();
    await closed;
    expect(state).toBe('done');
    expect(await states()).toEqual([]);
  }, 30_000);
});

describe('a database', () => {
  it('says which queues it lacks', async () => {
    const owner = new pg.Client({ ...database.connection, user: 'postgres' });
    await owner.connect();
    expect(await missingQueues(owner)).toEqual([]);
    await owner.query('begin');
    await owner.query(`update pgboss.queue set dead_letter = null`);
    await owner.query(`delete from pgboss.queue where name = 'dead-letters'`);
    expect(await missingQueues(owner)).toEqual(['dead-letters']);
    await owner.query('drop schema pgboss cascade');
    expect(await missingQueues(owner)).toContain('dead-letters');
    await owner.query('rollback');
    await owner.end();
  });
});
