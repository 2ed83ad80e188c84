-- Files of declarations that an agency sent: what came of them, and their bytes until every form is declared.

create table batches (
  batch_id text primary key, -- 128 random bits: it stands in an address
  agency_number text not null references enterprises,
  sender text not null, -- as in the ledger: 'client:…' or 'staff:<worker_id>'
  file_name text, -- as the sender calls it
  received_at timestamptz not null, -- counts as the receipt of every form
  state text not null check (state in ('receiving', 'declaring', 'done')),
  file_hash text, -- SHA-256 of the message, unpacked; null while it comes in
  form_count integer not null default 0,
  -- so many forms have their answer, in file order
  accepted integer not null default 0,
  warned integer not null default 0,
  refused integer not null default 0,
  finished_at timestamptz,
  -- the portal that works on it, and until when the others leave it alone, by the clock of the database
  claimed_by text,
  claimed_until timestamptz,
  unique (agency_number, file_hash) -- the same file is the same batch
);
create index batches_by_agency on batches (agency_number, received_at desc, batch_id desc) where state <> 'receiving';
create index batches_unfinished on batches (received_at) where state <> 'done';

create table batch_parts (
  batch_id text not null references batches on delete cascade,
  part integer not null,
  bytes bytea not null, -- as sent, packed or not
  primary key (batch_id, part)
);
alter table batch_parts alter column bytes set storage external; -- what is packed gets no smaller
