-- Made-up worlds too large for one transaction: what was asked, and how far it is. The same command goes on where it was cut off.
create table generated (
  generated_id bigint generated always as identity primary key,
  workers integer not null,
  periods integer not null,
  seed text not null,
  today date not null, -- the day it plays on, however long it takes
  before_worker bigint not null, -- the last worker who was there already
  companies integer not null,
  workers_made integer not null default 0,
  declarations_made bigint not null default 0,
  periods_made integer not null default 0,
  last_id text not null, -- handed out to a declaration or period, or thrown away
  last_seq bigint, -- of the ledger; null: none yet
  begun_at timestamptz not null default now(),
  finished_at timestamptz
);
-- one at a time
create unique index generated_unfinished on generated ((finished_at is null)) where finished_at is null;

-- Indexes and constraints of large tables that are away while much is loaded, as PostgreSQL spells them. While a row stands here, something
-- is missing: `serve` refuses to start, and `generate` or `migrate` makes it again.
create table set_aside (
  position integer primary key,
  definition text not null
);
