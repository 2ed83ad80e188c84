import { readdirSync, readFileSync } from 'node:fs';
import type pg from 'pg';
import { installJobs, JOB_PRIVILEGES, SCHEMA } from './jobs.schema.ts';
import { within } from './owner.ts';
import { putBack } from './set-aside.ts';

const FOLDER = new URL('../../migrations/', import.meta.url);
const LOCK = 7_203_311;

/** The migrations in order; a name is `YYYY-MM-DD-NN-words.sql`. */
export function migrations(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .sort();
}

/**
 * Brings the schema up to date, forward only, each migration in its own transaction, under a lock so that two starts do not race,
 * then the queues of jobs; at last gives the portal's role exactly what it needs. Run by the owner of the tables.
 * @param leavesAside a load that was cut off goes on: where no migration needs them, its indexes stay away
 * @returns the migrations that ran now.
 */
export async function migrate(owner: pg.ClientBase, portalRole: string, leavesAside = false): Promise<string[]> {
  await owner.query('select pg_advisory_lock($1)', [LOCK]);
  try {
    await owner.query(
      'create table if not exists migrations (name text primary key, ran_at timestamptz not null default now())',
    );
    const pending = await pendingMigrations(owner);
    if (pending.length > 0 || !leavesAside) await putBack(owner);
    for (const name of pending) await runOne(owner, name);
    await installJobs(owner);
    await within(owner, () => grant(owner, portalRole)); // a portal at work never stands without its rights
    return pending;
  } finally {
    await owner.query('select pg_advisory_unlock($1)', [LOCK]);
  }
}

/** @throws when the database knows a migration that the code does not, or one was put before one that ran. */
export async function pendingMigrations(client: pg.ClientBase): Promise<string[]> {
  const all = migrations();
  const { rows } = await client.query<{ name: string }>('select name from migrations order by name');
  const ran = rows.map((row) => row.name);
  const unknown = ran.find((name) => !all.includes(name));
  if (unknown) throw new Error(`the database has a migration that this version does not know: ${unknown}`);
  const pending = all.filter((name) => !ran.includes(name));
  const last = ran.at(-1);
  if (last && pending[0] && pending[0] < last)
    throw new Error(`migration ${pending[0]} comes before ${last}, which ran already`);
  return pending;
}

async function runOne(owner: pg.ClientBase, name: string): Promise<void> {
  try {
    await within(owner, async () => {
      await owner.query(readFileSync(new URL(name, FOLDER), 'utf8'));
      await owner.query('insert into migrations (name) values ($1)', [name]);
    });
  } catch (error) {
    throw new Error(`migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}

/** Table → what the portal's role may do. Ledger, access rows and number changes are append-only by privilege: no update, no delete. */
const PRIVILEGES: Record<string, string> = {
  migrations: 'select',
  installation: 'select',
  generated: 'select',
  set_aside: 'select',
  enterprises: 'select, insert, update',
  workers: 'select, insert, update, delete',
  worker_numbers: 'select, insert, update, delete',
  declarations: 'select, insert',
  relations: 'select, insert, update, delete',
  sign_in_challenges: 'select, insert, update, delete',
  sessions: 'select, insert, update, delete',
  access_rows: 'select, insert',
  access_unsealed: 'select, insert',
  access_seals: 'select',
  agency_staff: 'select, insert, update, delete',
  support_agents: 'select, insert, update, delete',
  support_lookups: 'select, insert, update, delete',
  clients: 'select, insert, update',
  client_assertions: 'select, insert, delete',
  access_tokens: 'select, insert, delete',
  overviews: 'select, insert, update, delete',
  number_changes: 'select, insert',
  merged_workers: 'select, insert, update',
  drafts: 'select, insert, update, delete',
  feeds: 'select, insert, update',
  verifications: 'select, insert, update',
  worker_addresses: 'select, insert, update, delete',
  address_confirmations: 'select, insert, update, delete',
  deliveries: 'select, insert, update, delete',
  key_accounts: 'select, insert, update, delete',
  token_cards: 'select, insert, update, delete',
  attempts: 'select, insert, update, delete',
  batches: 'select, insert, update, delete',
  batch_parts: 'select, insert, delete',
  reports: 'select, insert, update',
  report_events: 'select, insert, update',
  report_drafts: 'select, insert, update, delete',
  shifts: 'select, insert, update, delete',
  notice_choices: 'select, insert, update, delete',
  notice_bundles: 'select, insert, update',
  notices: 'select, insert, update',
};

async function grant(owner: pg.ClientBase, role: string): Promise<void> {
  const { rows } = await owner.query<{ me: string; known: boolean }>(
    'select current_user as me, exists (select 1 from pg_roles where rolname = $1) as known',
    [role],
  );
  // made by a migration that a portal at work needs at once, so everybody's until here
  await owner.query('revoke execute on function behalf_periods() from public');
  if (rows[0]?.me === role) return; // one role for all: a small installation's own choice
  const name = `"${role.replaceAll('"', '""')}"`;
  if (!rows[0]?.known) await owner.query(`create role ${name} login`);
  await owner.query(`grant usage on schema public to ${name}`);
  await owner.query(`revoke all on all tables in schema public from ${name}`);
  for (const [table, rights] of Object.entries(PRIVILEGES)) await owner.query(`grant ${rights} on ${table} to ${name}`);
  await owner.query(`grant usage on schema ${SCHEMA} to ${name}`);
  await owner.query(`revoke all on all tables in schema ${SCHEMA} from ${name}`);
  for (const [table, rights] of Object.entries(JOB_PRIVILEGES))
    await owner.query(`grant ${rights} on ${SCHEMA}.${table} to ${name}`);
  await owner.query(`grant usage on sequence portal_numbers, workers_worker_id_seq to ${name}`);
  // seals are made, and old months dropped, by functions of the owner: the portal may ask for it and no more
  await owner.query(
    `grant execute on function seal_access(integer), keep_access(), access_text(access_rows), access_digest(access_rows), behalf_periods() to ${name}`,
  );
}
