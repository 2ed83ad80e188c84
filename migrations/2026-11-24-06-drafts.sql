-- Declarations that staff are filling in, and a directory that is searched by name.

create table drafts (
  draft_id text primary key, -- 130 random bits: it stands in an address
  agency_number text not null references enterprises,
  worker_id bigint not null references workers, -- who fills it in
  fields jsonb, -- as typed; null once it was sent or expired, since they name a person
  made_at timestamptz not null,
  expires_at timestamptz not null,
  declaration_id text -- what it became, refused or not
);
create index drafts_by_expiry on drafts (expires_at);

-- by the beginning of a name, whatever its capitals
create index enterprises_by_name on enterprises (lower(name collate "und-x-icu") text_pattern_ops);
