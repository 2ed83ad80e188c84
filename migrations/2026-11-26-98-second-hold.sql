-- The second hold on what is known of people. Queries take a scope; whatever one asks, PostgreSQL shows the portal's role only rows of
-- the name in which it asks: a worker's own, an agency's own, or all to the portal itself for its intake, jobs and commands.

-- In whose name a statement runs: `worker 12`, `agency 0403449823` or `house`. In nobody's name it is an error, never an empty answer.
create function portal_behalf() returns text language plpgsql stable as $$
declare
  name text := current_setting('portal.behalf', true);
begin
  if coalesce(name, '') in ('', 'nobody') then
    raise exception 'records of people are asked for in nobody''s name' using errcode = 'insufficient_privilege';
  end if;
  return name;
end $$;

-- Each is asked once a statement, where it stands as a subquery.
create function behalf_worker() returns bigint language sql stable as
  $$ select nullif(split_part(portal_behalf(), 'worker ', 2), '')::bigint $$;
create function behalf_agency() returns text language sql stable as
  $$ select nullif(split_part(portal_behalf(), 'agency ', 2), '') $$;
create function behalf_house() returns boolean language sql stable as $$ select portal_behalf() = 'house' $$;

alter table relations enable row level security;
create policy own on relations using (
  worker_id = (select behalf_worker()) or agency_number = (select behalf_agency()) or (select behalf_house()));

-- What was refused has no relation: that concerns its agency alone.
alter table declarations enable row level security;
create policy own on declarations using (
  agency_number = (select behalf_agency()) or (select behalf_house())
  or exists (select from relations r where r.period_id = declarations.period_id and r.worker_id = (select behalf_worker())));

alter table reports enable row level security;
create policy own on reports using (
  worker_id = (select behalf_worker()) or agency_number = (select behalf_agency()) or (select behalf_house()));

alter table shifts enable row level security;
create policy own on shifts using (worker_id = (select behalf_worker()) or (select behalf_house()));

alter table overviews enable row level security;
create policy own on overviews using (worker_id = (select behalf_worker()) or (select behalf_house()));
