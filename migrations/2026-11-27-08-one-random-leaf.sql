-- A declaration finds its place in as few large indexes as can be: each that is in no order of time costs a page of its own, read and written.
-- By their last day a worker's periods are few that a list shows, and fewer that a new declaration could touch: none before them is looked at.
drop index relations_by_worker;
create index relations_by_worker on relations
  (worker_id, (case when end_date is null then date 'infinity' else end_date end) desc) include (start_date, period_id);
-- Whom an agency declared: an entry a worker, with all his periods behind it.
drop index relations_by_agency_and_person;
create index relations_by_agency_and_worker on relations (agency_number, worker_id);
-- What was accepted for a person is found by his periods; what was refused has none, and a daily registration may name any.
drop index declarations_by_person;
create index declarations_apart_by_person on declarations (agency_number, insz) where result = 'B' or kind = 'DAILY';
