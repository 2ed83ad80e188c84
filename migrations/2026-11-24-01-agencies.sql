-- Agencies at work: who acts for them, in what capacity a session stands, who sent a declaration, whose data a list showed.

create table agency_staff (
  agency_number text not null references enterprises,
  worker_id bigint not null references workers, -- the person, known like any other by his numbers
  right_held text not null check (right_held in ('view', 'declare', 'manage')),
  added_at timestamptz not null,
  added_by bigint references workers, -- null: by the operator
  primary key (agency_number, worker_id)
);
create index agency_staff_by_person on agency_staff (worker_id);

-- null: as the worker himself. A right that was taken away ends the capacity at the next request.
alter table sessions add column agency_number text;
-- whether there is a choice of capacity at all, as known at sign-in
alter table sessions add column may_choose boolean not null default false;

alter table declarations
  -- 'client:…' of a service or batch, 'staff:<worker_id>' of a form; null for what came by file
  add column sender text,
  -- SHA-256 of the body that came with an idempotency key: the same key with another body is refused
  add column fingerprint text;
create index declarations_by_agency on declarations (agency_number, seq desc);
create index relations_by_agency on relations (agency_number, start_date desc, period_id desc);

-- A page that shows many people writes one row with all of them.
alter table access_rows
  alter column subject_insz drop not null,
  add column subjects text[],
  -- the service that asked, where no person did
  add column actor_client text,
  add constraint access_rows_about check (subject_insz is not null or subjects is not null);
create index access_rows_by_subjects on access_rows using gin (subjects);
