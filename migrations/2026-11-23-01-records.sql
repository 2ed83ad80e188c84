-- The records: directory of enterprises, workers, the ledger of declarations, and the projection of work relations.
-- Dates travel as text end to end; INSZ and enterprise numbers are text with a check, never char(n).

create table enterprises (
  enterprise_number text primary key check (enterprise_number ~ '^[01][0-9]{9}$'),
  name text not null check (name <> ''),
  kind text not null check (kind in ('agency', 'user')),
  -- without leading zeros, as on the wire
  nsso_number text unique check (nsso_number ~ '^[1-9][0-9]{5,9}$'),
  street text,
  house_number text,
  post_box text,
  post_code text,
  city text,
  country text
);

-- worker_id is the key of everything a person owns (and the distribution key, should one server ever not do);
-- a person may get another INSZ: worker_numbers leads every number he ever had to the one worker.
create table workers (
  worker_id bigint generated always as identity primary key,
  insz text not null unique check (insz ~ '^[0-9]{11}$'),
  given_name text,
  family_name text,
  birth_date date
);
create index workers_by_name on workers (lower(family_name), birth_date);

create table worker_numbers (
  insz text primary key check (insz ~ '^[0-9]{11}$'),
  worker_id bigint not null references workers
);
create index worker_numbers_by_worker on worker_numbers (worker_id);

-- Append-only: the portal's role may insert and select. seq is the order of receipt.
create table declarations (
  seq bigint generated always as identity primary key,
  declaration_id text not null unique,
  source_key text unique, -- 'sha256:line' of a line that came without an id
  kind text not null check (kind in ('IN', 'UPDATE', 'OUT', 'CANCEL', 'DAILY')),
  period_id text,
  agency_number text,
  insz text,
  received_at timestamptz,
  channel text not null check (channel in ('import', 'service', 'batch', 'form')),
  result text not null check (result in ('A', 'W', 'B')),
  anomalies text[] not null,
  content jsonb not null
);
create index declarations_by_period on declarations (period_id, seq) where result <> 'B';

-- One row a period; always what the accepted declarations add up to (`rebuild --check`).
create table relations (
  period_id text primary key,
  worker_id bigint not null,
  agency_number text not null,
  joint_committee text not null,
  worker_type text not null,
  user_key text,
  user_number text,
  user_name text,
  user_address jsonb,
  user_joint_committee text,
  start_date date not null,
  start_hour text,
  end_date date,
  end_hour text,
  planned_hours smallint,
  cancelled boolean not null,
  verdict text not null check (verdict in ('onTime', 'late', 'unknown')),
  received_at timestamptz,
  decided_by text not null,
  due_at timestamptz not null,
  warnings text[] not null,
  anomalies text[] not null
);
create index relations_by_worker on relations (worker_id, start_date desc, period_id desc);

-- What this database is for: `demo` refuses one that is not its own, `serve` one that is a demo's.
create table installation (
  purpose text primary key check (purpose in ('demo', 'production')),
  marked_at timestamptz not null default now()
);

-- Counter behind the ids that the portal gives itself; they start with 9 and so never meet a source's.
create sequence portal_numbers as bigint minvalue 0 start with 0 maxvalue 999999999;
