-- Access rows are chained: each has a seal made of itself and of the seal before, month by month, every month anchored to the one before it.
-- The portal writes rows and asks that they be sealed; seals are made by a function of the owner, so that nobody can hand in one of his own.

-- Written with the row, taken off with its seal: rows may commit in any order and at any time, none is passed over.
create table access_unsealed (
  id bigint primary key,
  at timestamptz not null
);

create table access_seals (
  month date not null,
  number bigint not null, -- counts from 1 without a gap
  access_id bigint, -- what is sealed: a row
  at timestamptz,
  anchor_month date, -- or the last seal of another month, as it stood
  anchor_number bigint,
  anchor_seal bytea,
  sealed_at timestamptz not null, -- by the database's clock
  seal bytea not null,
  primary key (month, number),
  check (num_nonnulls(access_id, at) in (0, 2) and num_nonnulls(anchor_month, anchor_number, anchor_seal) in (0, 3)
    and (access_id is null) <> (anchor_month is null))
) partition by range (month);
create unique index access_seals_by_row on access_seals (access_id, month);
do $$
declare first date;
begin
  for first in select generate_series(date '2026-01-01', date '2031-12-01', interval '1 month')::date loop
    execute format('create table access_seals_%s partition of access_seals for values from (%L) to (%L)',
      to_char(first, 'YYYY_MM'), first, (first + interval '1 month')::date);
  end loop;
end $$;
create table access_seals_later partition of access_seals default;

-- What a seal says of a row: every column, spelt in one way only.
create function access_text(a access_rows) returns text language sql stable as $$
  select jsonb_build_array(a.id, extract(epoch from a.at), a.actor_kind, a.actor_insz, a.actor_agency, a.actor_client, a.subject_insz,
    to_jsonb(a.subjects), a.purpose, a.channel, a.detail, a.result_count, a.request_id)::text
$$;

create function append_access_seal(chain date, said text, row_id bigint, row_at timestamptz, anchor access_seals) returns void
language plpgsql as $$
declare
  last access_seals;
  this_moment timestamptz := clock_timestamp();
begin
  select * into last from access_seals where month = chain order by number desc limit 1;
  insert into access_seals (month, number, access_id, at, anchor_month, anchor_number, anchor_seal, sealed_at, seal)
  values (chain, coalesce(last.number, 0) + 1, row_id, row_at, anchor.month, anchor.number, anchor.seal, this_moment,
    sha256(coalesce(last.seal, sha256(convert_to('access ' || to_char(chain, 'YYYY-MM'), 'UTF8')))
      || convert_to(format('%s %s %s', coalesce(last.number, 0) + 1, extract(epoch from this_moment), said), 'UTF8')));
end $$;

create function anchor_access_month(chain date, anchored date) returns void
language plpgsql as $$
declare last access_seals;
begin
  select * into last from access_seals where month = anchored order by number desc limit 1;
  perform append_access_seal(chain,
    format('anchor %s %s %s', to_char(last.month, 'YYYY-MM'), last.number, encode(last.seal, 'hex')), null, null, last);
end $$;

-- Seals rows that wait, at most so many, one sealer at a time. A row that came late goes on its own month's chain, and the newest month is
-- anchored to that one anew. @returns how many rows were sealed
create function seal_access(most integer) returns integer
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
        select u.id from access_unsealed u join access_rows a on a.id = u.id and a.at = u.at order by u.id limit most)
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

-- Ten years, by the database's own clock, whoever asks: drops months that are older, makes those of the next two years.
-- @returns the months that were dropped
create function keep_access() returns setof text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set lock_timeout = '2s' as $$
declare
  this_month date := date_trunc('month', now() at time zone 'UTC')::date;
  oldest date := (date_trunc('month', now() at time zone 'UTC') - interval '10 years')::date;
  first date;
  family text;
  part text;
begin
  foreach family in array array['access_rows', 'access_seals'] loop
    for first in select generate_series(this_month, this_month + interval '24 months', interval '1 month')::date loop
      part := family || to_char(first, '_YYYY_MM');
      if to_regclass('public.' || part) is null then
        execute format('create table public.%I partition of public.%I for values from (%L) to (%L)',
          part, family, first, (first + interval '1 month')::date);
      end if;
    end loop;
    for part in
      select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = ('public.' || family)::regclass and c.relname ~ (family || '_\d{4}_\d\d$') order by 1
    loop
      if to_date(right(part, 7), 'YYYY_MM') < oldest then
        execute format('drop table public.%I', part);
        return next part;
      end if;
    end loop;
  end loop;
  delete from access_rows_later where at < oldest;
  delete from access_seals_later where month < oldest;
end $$;

revoke all on function access_text(access_rows), append_access_seal(date, text, bigint, timestamptz, access_seals),
  anchor_access_month(date, date), seal_access(integer), keep_access() from public;

-- What was written before there were seals is sealed first.
insert into access_unsealed (id, at) select id, at from access_rows;
