-- Which rows are to be sealed is found once. Where the database took the list of those that wait for empty, as it nearly always is, it looked for
-- them anew for every one of thousands, and did not come to an end.

create or replace function seal_access(most integer) returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  waiting record;
  chain date;
  newest date;
  before date;
  done integer := 0;
begin
  if not pg_try_advisory_xact_lock(7203312) then return 0; end if;
  select max(month) into newest from access_seals;
  for waiting in
    with ready as materialized (
      select u.id from access_unsealed u join access_rows a on a.id = u.id and a.at = u.at
      where u.digest = access_digest(a) order by u.id limit most),
    taken as (
      delete from access_unsealed where id in (select id from ready) returning id, at)
    select a, a.id, a.at, date_trunc('month', a.at at time zone 'UTC')::date as month
    from taken join access_rows a on a.id = taken.id and a.at = taken.at
    where not exists (select from access_seals s where s.access_id = a.id)
    order by 4, a.id
  loop
    if chain is distinct from waiting.month then
      if chain < newest then perform anchor_access_month(newest, chain); end if;
      chain := waiting.month;
      if not exists (select from access_seals where month = chain) then
        select max(month) into before from access_seals where month < chain;
        if before is not null then perform anchor_access_month(chain, before); end if;
      end if;
      newest := greatest(newest, chain);
    end if;
    perform append_access_seal(chain, access_text(waiting.a), waiting.id, waiting.at, null);
    done := done + 1;
  end loop;
  if chain < newest then perform anchor_access_month(newest, chain); end if;
  return done;
end $$;
