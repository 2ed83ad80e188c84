-- What a row said when it was written is kept until its seal is made: a row that was changed in between is not sealed, and is named.

create or replace function access_text(a access_rows) returns text language sql stable set timezone = 'UTC' as $$
  select jsonb_build_array(a.id, extract(epoch from a.at), a.actor_kind, a.actor_insz, a.actor_agency, a.actor_client, a.subject_insz,
    to_jsonb(a.subjects), a.purpose, a.channel, a.detail, a.result_count, a.request_id)::text
$$;
create function access_digest(a access_rows) returns bytea language sql stable as $$
  select sha256(convert_to(access_text(a), 'UTF8'))
$$;
revoke all on function access_digest(access_rows) from public;

alter table access_unsealed add column digest bytea;
update access_unsealed u set digest = access_digest(a) from access_rows a where a.id = u.id and a.at = u.at;
update access_unsealed set digest = '' where digest is null; -- its row is gone: it stays, to be named
alter table access_unsealed alter column digest set not null;

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
    with taken as (
      delete from access_unsealed where id in (
        select u.id from access_unsealed u join access_rows a on a.id = u.id and a.at = u.at
        where u.digest = access_digest(a) order by u.id limit most)
      returning id, at)
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
