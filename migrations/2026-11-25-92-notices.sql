-- Notices: what a worker wants to hear of, by which way, and what he was told.

create table notice_choices (
  worker_id bigint not null references workers,
  kind text not null check (kind in ('declared', 'changed', 'cancelled', 'missing', 'report')),
  mail boolean not null,
  ebox boolean not null,
  daily boolean not null, -- else at once
  primary key (worker_id, kind),
  check (mail or ebox)
);

-- Notices that go out together by one way: those of one moment, or those of one day.
create table notice_bundles (
  bundle_id uuid primary key,
  worker_id bigint not null references workers,
  channel text not null check (channel in ('mail', 'ebox')),
  digest_day date, -- null: at once
  due_at timestamptz not null,
  gone_at timestamptz, -- handed to its way, for which a job answers; from then on nothing is added
  secret_hash bytea not null unique -- of what ends these notices
);
create index notice_bundles_due on notice_bundles (due_at) where gone_at is null;
create index notice_bundles_open on notice_bundles (worker_id, channel, digest_day) where gone_at is null;

create table notices (
  notice_id bigint generated always as identity primary key,
  worker_id bigint not null references workers,
  kind text not null check (kind in ('declared', 'changed', 'cancelled', 'missing', 'report')),
  key text not null, -- names what happened: nobody is told twice
  channel text not null check (channel in ('mail', 'ebox')),
  bundle_id uuid not null references notice_bundles,
  at timestamptz not null,
  about text not null, -- period, report or shift
  declaration_id text,
  unique (worker_id, kind, key, channel)
);
create index notices_by_bundle on notices (bundle_id, notice_id);
