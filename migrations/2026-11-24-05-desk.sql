-- The desk of an agency: its declarations by receipt, the people among them, and what staff looked at and ticked off.

-- Names as people type them: 'dvorak' finds 'Dvořák'.
create collation folded (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
create index workers_by_folded_name on workers (family_name collate folded);

-- Newest receipt first, history without a receipt last. What the desk counts stands in the index: counting never reads the ledger itself.
create index declarations_by_receipt on declarations
  (agency_number, coalesce(received_at, timestamptz '-infinity') desc, seq desc)
  include (received_at, kind, result, anomalies, period_id);
create index declarations_refused on declarations
  (agency_number, coalesce(received_at, timestamptz '-infinity') desc, seq desc) where result = 'B';
create index declarations_refused_by_period on declarations (period_id) where result = 'B';
create index declarations_by_person on declarations (agency_number, insz);
create index relations_by_agency_user on relations (agency_number, user_key);
create index relations_by_agency_type on relations (agency_number, worker_type);

-- A member of staff looked at a declaration and ticked it off: an accepted one is right, a refused one is dealt with.
-- What was undone stays on record.
create table verifications (
  verification_id bigint generated always as identity primary key,
  declaration_seq bigint not null references declarations,
  worker_id bigint not null references workers, -- who: the person, not his right of that day
  at timestamptz not null,
  undone_by bigint references workers,
  undone_at timestamptz,
  check ((undone_by is null) = (undone_at is null))
);
-- at most one that stands: of two colleagues at once, one wins
create unique index verifications_standing on verifications (declaration_seq) where undone_at is null;
