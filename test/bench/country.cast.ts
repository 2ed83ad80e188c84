import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { hashOf } from '../../src/identity/sessions.ts';
import { CLIENT_SCOPES } from '../../src/identity/visitor.ts';
import { SECRET } from './list.server.ts';

export interface Person {
  worker_id: string;
  insz: string;
  given_name: string;
  family_name: string;
  birth_date: string;
}

/** A worker who is signed in, with a period of his. */
export interface Visitor extends Person {
  cookie: string;
  period: string;
}

/** An agency with staff, a service, and places deep in its table of declarations. */
export interface Agency {
  number: string;
  cookie: string;
  token: string;
  deep: string[];
}

/** Who asks a filled database, and about whom. */
export interface Cast {
  visitors: Visitor[];
  /** Others, who visit before anything is measured. */
  crowd: Visitor[];
  agencies: Agency[];
  /** Cookie of an agent of the support desk. */
  agent: string;
  /** Workers whom name and birth date alone tell apart. */
  named: Person[];
  /** A user company. */
  user: string;
  /** The first day on which nobody works for these agencies. */
  free: string;
}

const AGENCIES = 10;
/** Relations of a visitor: a like number in every database, however many an average worker has. */
const BAND = [40, 60];
const [SAMPLE, VISITORS] = [120_000, 12_000];

/** Arranges sessions, staff, an agent and services, as the owner; again and again in the same database. */
export async function castOf(db: pg.Client): Promise<Cast> {
  await db.query('vacuum (analyze)');
  const salt = randomBytes(8).toString('hex'); // other people in every run
  // the index alone counts: nobody's rows are warm before he asks
  const { rows } = await db.query<Visitor & { isMeasured: boolean }>(
    `with sample as (
       select worker_id::text, insz, given_name, family_name, birth_date::text from workers order by md5(insz || $1) limit ${SAMPLE}),
     counted as (
       select sample.*, period, n between ${BAND[0]} and ${BAND[1]} as fits from sample, lateral (
         select count(*) as n, max(period_id) as period from relations r where r.worker_id = sample.worker_id::bigint) relations
       where n > 0)
     select *, fits and row_number() over (partition by fits) <= ${VISITORS} as "isMeasured" from counted`,
    [salt],
  );
  const found: Visitor[] = rows.filter(({ isMeasured }) => isMeasured);
  const staff = found.splice(0, AGENCIES + 1);
  if (found.length < 50) throw new Error('there are too few workers with 40 to 60 relations');
  await db.query(`delete from sessions`);
  const signedIn = async (people: Visitor[]) => {
    const cookies = await sessionsOf(db, people);
    return people.map((one, i) => ({ ...one, cookie: cookies[i] ?? '' }));
  };
  const visitors = await signedIn(found);
  const crowd = await signedIn(rows.filter(({ isMeasured }) => !isMeasured));
  const numbers = await largestAgencies(db);
  const agencies: Agency[] = [];
  for (const [i, number] of numbers.entries()) agencies.push(await agencyOf(db, number, staff[i] as Person));
  const [agent] = await sessionsOf(db, [staff[AGENCIES] as Person], 'support');
  await db.query(
    `insert into support_agents (worker_id, added_at) values ($1, now()) on conflict (worker_id) do update set failed = 0, locked_at = null`,
    [staff[AGENCIES]?.worker_id],
  );
  await db.query('vacuum (analyze) sessions');
  const { rows: about } = await db.query(
    `select (select min(enterprise_number) from enterprises where kind = 'user') as "user",
       greatest(date '2029-01-01', (select max(last) + 1 from unnest($1::text[]) number, lateral (
         select max(start_date) as last from relations where agency_number = number) days))::text as free`,
    [numbers],
  );
  return { visitors, crowd, agencies, agent: agent ?? '', named: await namedOnes(db, visitors), ...about[0] };
}

/** As the statistics know them: counting a country would take as long as reading it. */
async function largestAgencies(db: pg.Client): Promise<string[]> {
  const { rows } = await db.query<{ number: string }>(
    `select unnest(most_common_vals::text::text[]) as number from pg_stats
     where tablename = 'relations' and attname = 'agency_number' limit ${AGENCIES}`,
  );
  return rows.map(({ number }) => number);
}

async function agencyOf(db: pg.Client, number: string, staff: Person): Promise<Agency> {
  await db.query(
    `insert into agency_staff (agency_number, worker_id, right_held, added_at) values ($1, $2, 'view', now())
     on conflict (agency_number, worker_id) do nothing`,
    [number, staff.worker_id],
  );
  const [cookie] = await sessionsOf(db, [staff], number);
  const token = createHash('sha256').update(`a service of ${number}`).digest('base64url');
  const scopes = [CLIENT_SCOPES[0]];
  const client = `country-${number}`;
  await db.query(
    `insert into clients (client_id, agency_number, keys, scopes, added_at) values ($1, $2, '{"keys":[]}', $3, now()) on conflict do nothing`,
    [client, number, scopes],
  );
  await db.query(
    `insert into access_tokens values (sha256($1), $2, $3, now() + interval '1 day')
     on conflict (token_hash) do update set expires_at = excluded.expires_at`,
    [Buffer.from(token), client, scopes],
  );
  const { rows } = await db.query<{ place: string }>(
    `select place from (
       select to_char(received_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || ' ' || seq as place, row_number() over () as n from (
         select received_at, seq from declarations where agency_number = $1
         order by case when received_at is null then timestamptz '-infinity' else received_at end desc, seq desc limit 8000) newest) numbered
     where n % 400 = 0 and n > 2000`,
    [number],
  );
  return {
    number,
    cookie: cookie ?? '',
    token,
    deep: rows.map(({ place }) => Buffer.from(place).toString('base64url')),
  };
}

/** Of the visitors those who share name and birth date with nobody. */
async function namedOnes(db: pg.Client, visitors: Person[]): Promise<Person[]> {
  const { rows } = await db.query<{ insz: string }>(
    `select w.insz from workers w where w.insz = any($1) and not exists (
       select from workers o where lower(o.family_name collate "und-x-icu") = lower(w.family_name collate "und-x-icu")
         and o.birth_date = w.birth_date and o.worker_id <> w.worker_id)`,
    [visitors.map(({ insz }) => insz)],
  );
  const alone = new Set(rows.map(({ insz }) => insz));
  return visitors.filter(({ insz }) => alone.has(insz));
}

/** Sessions that no idle hour ends. @returns their Cookie headers */
async function sessionsOf(db: pg.Client, people: Person[], capacity: string | null = null): Promise<string[]> {
  const tokens = people.map(() => randomBytes(32).toString('base64url'));
  await db.query(
    `insert into sessions (token_hash, worker_id, insz, given_name, family_name, method, assurance, created_at, last_seen_at,
       agency_number, acts_for_support)
     select hash, worker_id, insz, given_name, family_name, 'eid', 500, now(), now() + interval '3 hours', nullif($3, 'support'), coalesce($3 = 'support', false)
     from unnest($1::bytea[], $2::bigint[]) as asked (hash, worker_id) join workers using (worker_id)`,
    [tokens.map((token) => hashOf(token, SECRET)), people.map(({ worker_id }) => worker_id), capacity],
  );
  return tokens.map((token) => `interim-session=${token}`);
}
