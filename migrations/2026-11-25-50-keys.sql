-- Digital keys: user name and password, paper tokens, and the counters against guessing.

create table key_accounts (
  worker_id bigint primary key references workers,
  user_name text not null, -- as he wrote it
  user_key text not null unique, -- what it is known by
  password text not null, -- argon2id
  made_at timestamptz not null,
  password_at timestamptz not null
);

create table token_cards (
  card_id text primary key,
  worker_id bigint not null references workers,
  state text not null check (state in ('issued', 'active', 'replaced', 'revoked', 'blocked', 'expired', 'unused')),
  asked smallint not null check (asked between 1 and 24), -- the number asked next, the same until it is answered
  wrong smallint not null default 0, -- wrong codes since the last right one
  codes text[] not null check (cardinality(codes) in (0, 24)), -- argon2id over a keyed hash; none once the card has ended
  issued_at timestamptz not null,
  activated_at timestamptz,
  last_used_at timestamptz,
  ended_at timestamptz,
  print bytea -- the card as PDF, sealed for the browser that asked, until it is fetched once
);
create unique index token_cards_open on token_cards (worker_id) where state in ('issued', 'active');
create index token_cards_by_worker on token_cards (worker_id, issued_at desc);

create table attempts (
  key bytea primary key, -- keyed hash of an account, a person or an address
  wrong integer not null,
  at timestamptz not null,
  blocked_until timestamptz
);
create index attempts_by_age on attempts (at);
