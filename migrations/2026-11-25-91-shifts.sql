-- What a worker notes himself: work he agreed or did, to be laid beside what is declared.

create table shifts (
  shift_id text primary key, -- 130 random bits: it stands in forms
  worker_id bigint not null references workers,
  day date not null,
  agency_name text not null,
  agency_number text, -- null: in no directory
  company text not null,
  start_hour text,
  end_hour text,
  made_at timestamptz not null,
  looked_at timestamptz -- the evening before: was anything declared?
);
create index shifts_by_worker on shifts (worker_id, day);
create index shifts_to_look_at on shifts (day) where looked_at is null;
