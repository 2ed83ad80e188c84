-- A row policy lets only what cannot leak a row choose rows along an index. PostgreSQL takes COALESCE for something that might, and CASE not:
-- with COALESCE a page deep in an agency's table read every newer row before it, and the intake every period of a worker at his agency.
drop index declarations_by_receipt;
create index declarations_by_receipt on declarations
  (agency_number, (case when received_at is null then timestamptz '-infinity' else received_at end) desc, seq desc)
  include (received_at, kind, result, anomalies, period_id);
drop index declarations_refused;
create index declarations_refused on declarations
  (agency_number, (case when received_at is null then timestamptz '-infinity' else received_at end) desc, seq desc) where result = 'B';
drop index relations_by_agency_and_person;
create index relations_by_agency_and_person on relations
  (agency_number, worker_id, (case when end_date is null then date 'infinity' else end_date end));
