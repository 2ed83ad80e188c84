-- Reports: a worker says what is wrong or missing, his agency answers.

create table reports (
  report_id text primary key, -- 130 random bits: it stands in an address
  worker_id bigint not null references workers,
  kind text not null check (kind in ('notDeclared', 'wrongDates', 'wrongCompany', 'notWorked', 'other')),
  period_id text, -- null: of what is not declared
  agency_number text references enterprises, -- null: in no directory, so nobody of it can answer
  agency_name text not null,
  user_number text,
  user_name text,
  first_day date not null, -- as the worker tells it, like all up to the note
  last_day date not null check (last_day >= first_day),
  start_hour text,
  end_hour text,
  note text not null,
  sent_at timestamptz not null,
  state text not null check (state in ('sent', 'seen', 'answered', 'closed')),
  due_on date not null, -- the last of the working days in which the agency answers
  reminded_at timestamptz, -- that they passed was told, once a term
  taken_on_at timestamptz -- the worker went on to the inspectorate
);
create index reports_by_worker on reports (worker_id, sent_at desc);
create index reports_by_agency on reports (agency_number, sent_at desc, report_id desc);
create index reports_open on reports (agency_number) where state in ('sent', 'seen');
create index reports_due on reports (due_on) where state in ('sent', 'seen') and reminded_at is null;

-- What happened to a report, in order.
create table report_events (
  event_id bigint generated always as identity primary key,
  report_id text not null references reports,
  at timestamptz not null,
  kind text not null check (kind in
    ('sent', 'seen', 'answered', 'declared', 'replied', 'overdue', 'takenOn', 'confirmed', 'withdrawn')),
  by_worker_id bigint references workers, -- null: the portal itself
  words text,
  declaration_id text
);
create index report_events_by_report on report_events (report_id, event_id);
create unique index report_events_link_once on report_events (report_id, declaration_id) where kind = 'declared';

-- What a worker is about to send.
create table report_drafts (
  draft_id text primary key,
  worker_id bigint not null references workers,
  fields jsonb not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  report_id text references reports -- what it became
);
create index report_drafts_by_expiry on report_drafts (expires_at);

-- Somebody asked to hear of what is declared for this worker: the intake then stages a job with the declaration.
alter table workers add column awaited boolean not null default false;
