-- The intake reads, judges, and writes only where nothing was written for its workers in between: the version tells.
alter table workers add column version bigint not null default 0;
alter table workers set (fillfactor = 80); -- room to count on in place

-- as the intake compares them: capitals or not in every script
drop index workers_by_name;
create index workers_by_name on workers (lower(family_name collate "und-x-icu"), birth_date);

-- A process draws its ids in blocks of 500; what it leaves over is lost, which a thousand million bear.
alter sequence portal_numbers increment by 500 maxvalue 999999500;
