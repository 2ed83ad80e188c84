-- What an overview's code tells whoever holds the paper: initials, days covered, number, moment, hash. The code itself is never kept.

alter table overviews
  add column code_hash bytea unique,
  add column initials text,
  add column covers_from date, -- null: since ever
  add column covers_to date, -- null: without end
  add column verifiable_until timestamptz,
  add column revoked_at timestamptz;
