-- A declaration finds its place in as few large indexes as can be: each that is in no order of time costs a page of its own, read and written.
-- A worker's index alone tells which of his periods at an agency touch the days that are declared.
drop index relations_by_worker;
create index relations_by_worker on relations
  (worker_id, start_date desc, period_id desc, agency_number, (case when end_date is null then date 'infinity' else end_date end));
-- Whom an agency declared: an entry a worker, with all his periods behind it.
drop index relations_by_agency_and_person;
create index relations_by_agency_and_worker on relations (agency_number, worker_id);
-- What was accepted for a person is found by his periods; what was refused has none, and a daily registration may name any.
drop index declarations_by_person;
create index declarations_apart_by_person on declarations (agency_number, insz) where result = 'B' or kind = 'DAILY';
