-- Staff as their agency knows them, and the numbers that people had before.

alter table agency_staff
  add column staff_key uuid not null unique default gen_random_uuid(), -- names a colleague in addresses and forms
  add column given_name text, -- as told by whoever added him
  add column family_name text,
  -- he chose this capacity: from then on his agency knows him by his own name
  add column last_acted_at timestamptz;

-- Append-only. A number is replaced once; the number that nothing replaced is its worker's own, and all of them lead to him.
create table number_changes (
  old_insz text primary key references worker_numbers,
  new_insz text not null references worker_numbers,
  effective_on date,
  received_at timestamptz not null,
  check (old_insz <> new_insz)
);
create index number_changes_by_new on number_changes (new_insz);

-- Two who turned out to be one: where the key that is gone leads, for what can no longer be written anew (the ledger's sender).
create table merged_workers (
  worker_id bigint primary key,
  merged_into bigint not null references workers,
  merged_at timestamptz not null
);
create index merged_workers_by_worker on merged_workers (merged_into);
