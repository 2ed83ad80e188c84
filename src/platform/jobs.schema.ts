import type pg from 'pg';
import { PgBoss } from 'pg-boss';
import { DEAD_LETTERS, QUEUES, type QueueRules } from './queues.ts';

/** The schema that pg-boss keeps its tables in. */
export const SCHEMA = 'pgboss';

const DAY = 86_400;
/** A waiting job is dropped by nobody; one that was done is forgotten after two days, a dead letter after three months. */
const NEVER = 3650 * DAY;
const DONE = 2 * DAY;
const DEAD = 90 * DAY;

const MAINTAINED_ELSEWHERE = { supervise: false, schedule: false, registerInstance: false, reindex: false } as const;

/**
 * Puts a job into a queue inside whatever statement calls it, with the queue's own rules. That a row inserted by SQL is a job is an interface
 * that pg-boss documents.
 */
const ENQUEUE = `
create or replace function enqueue_job(queue_name text, job_data jsonb, wait_seconds integer default 0) returns uuid
language plpgsql as $$
declare
  job_id uuid;
begin
  insert into ${SCHEMA}.job (name, data, start_after, keep_until, expire_seconds, deletion_seconds, retry_limit, retry_delay,
    retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds)
  select q.name, job_data, now() + make_interval(secs => wait_seconds),
    now() + make_interval(secs => wait_seconds + q.retention_seconds), q.expire_seconds, q.deletion_seconds, q.retry_limit, q.retry_delay,
    q.retry_backoff, q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds
  from ${SCHEMA}.queue q where q.name = queue_name
  returning id into job_id;
  if job_id is null then
    raise exception 'there is no queue %', queue_name;
  end if;
  return job_id;
end $$`;

/** Brings pg-boss's schema, the queues and the function that fills them up to date. Run by the owner of the tables, again and again. */
export async function installJobs(
  owner: pg.ClientBase,
  queues: Readonly<Record<string, QueueRules>> = QUEUES,
): Promise<void> {
  const db = { executeSql: (text: string, values?: unknown[]) => owner.query(text, values) };
  const boss = new PgBoss({ db, schema: SCHEMA, ...MAINTAINED_ELSEWHERE });
  const faults: Error[] = [];
  boss.on('error', (error) => faults.push(error));
  await boss.start();
  await ensure(boss, DEAD_LETTERS, {
    retentionSeconds: NEVER,
    deleteAfterSeconds: DEAD,
    retryLimit: 5,
    retryDelay: 60,
  });
  for (const [name, rules] of Object.entries(queues)) await ensure(boss, name, optionsOf(rules));
  await boss.stop({ graceful: false, close: false });
  if (faults[0]) throw faults[0];
  await owner.query(ENQUEUE);
}

/** Names of queues that the code knows and the database does not. */
export async function missingQueues(client: pg.ClientBase): Promise<string[]> {
  const { rows: schema } = await client.query(`select to_regclass('${SCHEMA}.queue') is not null as there`);
  const wanted = [DEAD_LETTERS, ...Object.keys(QUEUES)];
  if (!schema[0]?.there) return wanted;
  const { rows } = await client.query<{ name: string }>(`select name from ${SCHEMA}.queue`);
  return wanted.filter((name) => !rows.some((row) => row.name === name));
}

type Options = NonNullable<Parameters<PgBoss['createQueue']>[1]>;

async function ensure(boss: PgBoss, name: string, options: Options): Promise<void> {
  if (await boss.getQueue(name)) await boss.updateQueue(name, options);
  else await boss.createQueue(name, options);
}

function optionsOf(rules: QueueRules): Options {
  return {
    retryLimit: rules.tries - 1,
    retryDelay: rules.firstWait,
    retryDelayMax: rules.longestWait,
    retryBackoff: true,
    expireInSeconds: rules.longestTry,
    heartbeatSeconds: 20,
    retentionSeconds: NEVER,
    deleteAfterSeconds: DONE,
    deadLetter: DEAD_LETTERS,
  };
}

/** Table → what the portal's role may do there: work jobs off, never make or change a queue's tables. */
export const JOB_PRIVILEGES: Record<string, string> = {
  version: 'select, update',
  queue: 'select, update',
  job: 'select, insert, update, delete',
  job_common: 'select, insert, update, delete',
  job_dependency: 'select, delete',
  instance: 'select, update, delete', // its housekeeping locks rows before it drops them
};
