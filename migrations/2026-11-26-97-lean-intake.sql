-- What a column may hold is said by its type: PostgreSQL reads such a rule once a connection, that of a table with every statement.
create domain declaration_kind as text check (value in ('IN', 'UPDATE', 'OUT', 'CANCEL', 'DAILY'));
create domain declaration_channel as text check (value in ('import', 'service', 'batch', 'form'));
create domain declaration_result as text check (value in ('A', 'W', 'B'));
create domain relation_verdict as text check (value in ('onTime', 'late', 'unknown'));

alter table declarations
  drop constraint declarations_kind_check,
  drop constraint declarations_channel_check,
  drop constraint declarations_result_check,
  alter column kind type declaration_kind,
  alter column channel type declaration_channel,
  alter column result type declaration_result;
alter table relations drop constraint relations_verdict_check, alter column verdict type relation_verdict;

-- One index for what an agency is asked about a person and for what the intake compares: his periods there that end on a day or after it.
create index relations_by_agency_and_person on relations (agency_number, worker_id, (coalesce(end_date, date 'infinity')));
drop index relations_by_agency_and_worker;
drop index relations_by_worker_end;
-- One for what the desk looks for by user company, by type, or by both.
create index relations_by_agency_and_user on relations (agency_number, user_key, worker_type);
drop index relations_by_agency_user;
drop index relations_by_agency_type;
