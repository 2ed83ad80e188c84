-- Who is here: sign-in challenges, sessions, and the access rows of whose data was seen or taken along.

create table sign_in_challenges (
  token_hash bytea primary key, -- of the browser's cookie
  nonce text not null,
  expires_at timestamptz not null
);

create table sessions (
  token_hash bytea primary key, -- HMAC of the cookie; the token itself is never stored
  worker_id bigint not null references workers,
  insz text not null,
  given_name text,
  family_name text not null,
  method text not null,
  assurance smallint not null,
  language text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  -- what changed since: the sign-in before this one
  previous_visit_at timestamptz
);
create index sessions_by_worker on sessions (worker_id, created_at desc);

-- Append-only by privilege; by month, so that retention drops a partition. Chained and sealed by a later migration.
create table access_rows (
  id bigint generated always as identity,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('worker', 'agency', 'support', 'system')),
  actor_insz text,
  actor_agency text,
  subject_insz text not null,
  purpose text not null,
  channel text not null,
  detail jsonb not null default '{}',
  result_count integer,
  request_id text,
  primary key (id, at)
) partition by range (at);
create index access_rows_by_subject on access_rows (subject_insz, at desc);
do $$
declare month date;
begin
  for month in select generate_series(date '2026-01-01', date '2031-12-01', interval '1 month')::date loop
    execute format('create table access_rows_%s partition of access_rows for values from (%L) to (%L)',
      to_char(month, 'YYYY_MM'), month, (month + interval '1 month')::date);
  end loop;
end $$;
create table access_rows_later partition of access_rows default;

create table overviews (
  overview_id text primary key, -- 96 random bits or more: it stands in the worker's address
  worker_id bigint not null references workers,
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  language text not null check (language in ('nl', 'fr', 'de', 'en')),
  filter jsonb not null,
  sections text[] not null,
  full_insz boolean not null,
  state text not null check (state in ('preparing', 'ready', 'failed')),
  made_at timestamptz,
  relation_count integer,
  sha256 text,
  pdf bytea,
  failure text
);
create index overviews_by_worker on overviews (worker_id, requested_at desc);
create index overviews_preparing on overviews (requested_at) where state = 'preparing';
