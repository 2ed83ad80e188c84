-- One sending of an overview: by mail or to the eBox. Its key makes the Message-ID and the Idempotency-Key, for good.

create table deliveries (
  delivery_id text primary key, -- 130 random bits: it stands in the worker's address
  worker_id bigint not null references workers,
  overview_id text not null,
  channel text not null check (channel in ('mail', 'ebox')),
  -- by mail: the PDF itself, not a link
  attach boolean not null,
  language text not null check (language in ('nl', 'fr', 'de', 'en')),
  key uuid not null unique,
  ordered_at timestamptz not null,
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed')),
  tries integer not null default 0,
  next_try_at timestamptz,
  sent_at timestamptz,
  failure text,
  -- what the eBox answered
  message_id text,
  expires_at timestamptz,
  never_opened boolean not null default false
);
create index deliveries_by_worker on deliveries (worker_id, ordered_at desc);
create index deliveries_by_overview on deliveries (overview_id);
