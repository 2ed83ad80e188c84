import { sql, type Transaction } from 'kysely';
import type pg from 'pg';
import { type JobWithMetadata, PgBoss } from 'pg-boss';
import type { Database } from './db.ts';
import { SCHEMA } from './jobs.schema.ts';
import { DEAD_LETTERS, type JobData, QUEUES, type QueueRules } from './queues.ts';
import type { Tables } from './tables.ts';

/** Thrown by a job's work when another try is of no use: the job goes to the dead letters at once. */
export class GiveUp extends Error {
  override name = 'GiveUp';
}

export interface Job<T> {
  data: T;
  /** 1 the first time. */
  attempt: number;
  /** Seconds after which it is tried again at the earliest if it fails now; null: it is not. */
  nextTry: number | null;
  /** Trips when the try takes too long or the portal closes. */
  signal: AbortSignal;
}

export interface Work<T> {
  /** Does the job, once or oftener: a process may die after the deed and before it is noted. Throws to be tried again. */
  run(job: Job<T>): Promise<void>;
  /** The job is among the dead letters now, however it got there: refused for good, or tried in vain to the end. */
  gaveUp?(data: T, why: 'refused' | 'unavailable'): Promise<void>;
}

export interface Depth {
  queue: string;
  state: 'waiting' | 'retrying' | 'active' | 'dead';
  jobs: number;
}

/** Queues and the shapes of their jobs are `D`. */
export interface Jobs<D = JobData> {
  /** One more part of a transaction: no job without the rest, and the rest not without its job. `wait` in seconds. */
  enqueue<Q extends keyof D & string>(tx: Transaction<Tables>, queue: Q, data: D[Q], wait?: number): Promise<void>;
  /** States who does the jobs of a queue. Once, before `start`. */
  does<Q extends keyof D & string>(queue: Q, work: Work<D[Q]>): void;
  /** Begins to work jobs off, until `close`. */
  start(): Promise<void>;
  /** For tests and drills: works off what is due, or with `early` what waits for its next try too, and returns how many were tried. */
  workOff(how?: { early?: boolean }): Promise<number>;
  depths(): Promise<Depth[]>;
  close(): Promise<void>;
}

export interface JobsTools {
  db: Database;
  connection: pg.ClientConfig;
  log: { warn(detail: object, message: string): void; error(detail: object, message: string): void };
  queues?: Readonly<Record<string, QueueRules>>;
  /** Seconds between looks for jobs, and for jobs whose process died. */
  every?: { look: number; supervise: number };
}

type Taken = JobWithMetadata<object> & { sourceOutput: { kind?: string } | null };
type Outcome = { id: string; status: 'completed' | 'failed' | 'deadletter'; output?: object };

/** A database that is away or frozen costs a few seconds, never the worker: it asks again at the next look. */
const LIMITS = { connectionTimeoutMillis: 5_000, query_timeout: 10_000, keepAlive: true, max: 4 };
const CLOSING = 6_000;

/** The portal's side of pg-boss. Its schema and queues are `migrate`'s: here no DDL is run. */
export function openJobs<D = JobData>(tools: JobsTools): Jobs<D> {
  const { db, connection, log, queues = QUEUES, every = { look: 1, supervise: 10 } } = tools;
  const works = new Map<string, Work<unknown>>();
  let boss: PgBoss | null = null;

  async function open(supervise: boolean): Promise<PgBoss> {
    const opened = new PgBoss({
      ...(connection as object),
      ...LIMITS,
      schema: SCHEMA,
      migrate: false,
      createSchema: false,
      schedule: false,
      registerInstance: false,
      reindex: false,
      monitorVacuum: false,
      supervise,
      superviseIntervalSeconds: every.supervise,
      monitorIntervalSeconds: every.supervise,
      openTelemetry: { enabled: false },
    });
    opened.on('error', (error) => log.warn({ err: error.message }, 'the queues of jobs are in trouble'));
    boss = opened;
    await opened.start();
    return opened;
  }

  /** Never rejects: how it ended is what pg-boss notes. */
  async function run(taken: Taken): Promise<Outcome> {
    const { id, name } = taken;
    try {
      await works.get(name)?.run(jobOf(taken));
      return { id, status: 'completed' };
    } catch (error) {
      const { message, name: kind } = error as Error;
      const about = { queue: name, job: id, attempt: taken.retryCount + 1, err: message };
      if (error instanceof GiveUp) log.error(about, 'a job was given up');
      else log.warn(about, 'a job failed and is tried again');
      return { id, status: error instanceof GiveUp ? 'deadletter' : 'failed', output: { kind, message } };
    }
  }

  /** Tells whose job it was. A dead letter stays to be looked at, told or not. */
  async function bury(taken: Taken): Promise<Outcome> {
    const { id, data, sourceName, sourceId, sourceOutput: end } = taken;
    log.error({ queue: sourceName, job: sourceId }, 'a job is among the dead letters');
    try {
      await works.get(sourceName ?? '')?.gaveUp?.(data, end?.kind === 'GiveUp' ? 'refused' : 'unavailable');
      return { id, status: 'completed' };
    } catch (error) {
      log.error({ queue: sourceName, job: sourceId, err: (error as Error).message }, 'its end could not be told');
      return { id, status: 'failed' };
    }
  }

  const doers = () => [...[...works.keys()].map((name) => [name, run] as const), [DEAD_LETTERS, bury] as const];

  return {
    async enqueue(tx, queue, data, wait = 0) {
      await sql`select enqueue_job(${queue}, ${JSON.stringify(data)}::jsonb, ${wait}::integer)`.execute(tx);
    },

    does(queue, work) {
      works.set(queue, work as Work<unknown>);
    },

    async start() {
      const opened = await open(true);
      for (const [name, work] of doers()) {
        const batchSize = (queues as Record<string, QueueRules>)[name]?.atOnce ?? 5;
        await opened.work(
          name,
          {
            batchSize,
            pollingIntervalSeconds: every.look,
            burstWhenBatchFull: true,
            includeMetadata: true,
            perJobResults: true,
          },
          (jobs: Taken[]) => Promise.all(jobs.map(work)),
        );
      }
    },

    async workOff({ early = false } = {}) {
      const opened = boss ?? (await open(false));
      let tried = 0;
      for (const [name, work] of doers()) {
        const jobs = await opened.fetch<object>(name, {
          batchSize: 1_000,
          includeMetadata: true,
          ignoreStartAfter: early,
        });
        for (const job of jobs) await settle(opened, name, await work(job));
        tried += jobs.length;
      }
      return tried;
    },

    async depths() {
      const { rows } = await sql<Depth>`
        select name as queue, count(*)::int as jobs,
          case when name = ${DEAD_LETTERS} then 'dead' when state = 'created' then 'waiting' when state = 'retry' then 'retrying' else 'active' end as state
        from ${sql.id(SCHEMA, 'job')} where state in ('created', 'retry', 'active') or name = ${DEAD_LETTERS} group by 1, 3`.execute(
        db.read,
      );
      return rows;
    },

    async close() {
      await boss?.stop({ graceful: true, timeout: CLOSING });
      boss = null;
    },
  };
}

function jobOf(taken: Taken): Job<unknown> {
  const { retryCount, retryLimit, retryDelay, retryDelayMax } = taken;
  const wait = Math.min(retryDelayMax ?? Number.POSITIVE_INFINITY, retryDelay * 2 ** Math.min(16, retryCount));
  return {
    data: taken.data,
    attempt: retryCount + 1,
    nextTry: retryCount < retryLimit ? wait : null,
    signal: taken.signal ?? AbortSignal.timeout(taken.expireInSeconds * 1_000),
  };
}

async function settle(boss: PgBoss, name: string, { id, status, output }: Outcome): Promise<void> {
  if (status === 'completed') return void (await boss.complete(name, id));
  const noMoreTries = `update ${SCHEMA}.job set retry_limit = retry_count where name = $1 and id = $2`;
  if (status === 'deadletter') await boss.getDb().executeSql(noMoreTries, [name, id]);
  await boss.fail(name, id, output);
}
