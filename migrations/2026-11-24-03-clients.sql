-- Services of agencies: which client speaks for which agency, with which keys; what it proved itself with; the tokens it was given.

create table clients (
  client_id text primary key,
  agency_number text not null references enterprises,
  keys jsonb not null, -- public keys, as a JWKS
  scopes text[] not null,
  added_at timestamptz not null,
  revoked_at timestamptz
);
create index clients_by_agency on clients (agency_number);

-- An assertion proves a client once, whichever portal it is shown to.
create table client_assertions (
  client_id text not null references clients,
  jti text not null,
  expires_at timestamptz not null,
  primary key (client_id, jti)
);
create index client_assertions_by_end on client_assertions (expires_at);

create table access_tokens (
  token_hash bytea primary key, -- SHA-256; the token itself is never stored
  client_id text not null references clients,
  scopes text[] not null,
  expires_at timestamptz not null
);
create index access_tokens_by_end on access_tokens (expires_at);

-- What an agency declared, by worker: the relations it asks for.
create index relations_by_agency_and_worker on relations (agency_number, worker_id, start_date);
