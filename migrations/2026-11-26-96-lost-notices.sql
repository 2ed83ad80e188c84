-- A bundle that was given up: when, and why it did not arrive. Begun anew it is neither.
alter table notice_bundles
  add column failed_at timestamptz,
  add column failure text check (failure in ('unavailable', 'refused', 'no-address'));
