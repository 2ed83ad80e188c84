-- Which periods are a worker's own tells his index alone. Asked through the policy on `relations`, each of them was looked up in the table; the owner
-- of the tables, whom no policy holds, reads for nobody but the worker in whose name is asked.
create function behalf_periods() returns setof text language sql stable security definer rows 50
  set search_path = pg_catalog, public, pg_temp as
  $$ select period_id from relations where worker_id = (select behalf_worker()) $$;
alter policy own on declarations using (
  (select coalesce(current_setting('portal.behalf', true), '') = 'house') or agency_number = (select behalf_agency())
  or period_id in (select behalf_periods()));
