-- Where mail to a worker goes: an address he confirmed with a code. Nothing is ever sent to another one.

create table worker_addresses (
  worker_id bigint primary key references workers,
  address text not null check (length(address) <= 254),
  language text not null check (language in ('nl', 'fr', 'de', 'en')),
  confirmed_at timestamptz not null
);

-- Codes under way. The code itself is nowhere: the portal's secret and this id make it.
create table address_confirmations (
  confirmation_id text primary key,
  worker_id bigint not null references workers,
  address text not null check (length(address) <= 254),
  language text not null check (language in ('nl', 'fr', 'de', 'en')),
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  tries smallint not null default 0,
  -- used, or replaced by a newer one
  closed_at timestamptz
);
create index address_confirmations_by_worker on address_confirmations (worker_id, requested_at desc);
create index address_confirmations_by_address on address_confirmations (lower(address), requested_at desc);
