-- Secret addresses from which a calendar reads a worker's relations.

create table feeds (
  feed_id text primary key, -- stands in the worker's own pages; says nothing of the secret
  worker_id bigint not null references workers,
  secret_hash bytea not null unique, -- SHA-256 of 256 random bits; the secret itself is never kept
  language text not null check (language in ('nl', 'fr', 'de', 'en')),
  made_at timestamptz not null,
  last_read_on date,
  revoked_at timestamptz
);
create index feeds_by_worker on feeds (worker_id, made_at desc);
