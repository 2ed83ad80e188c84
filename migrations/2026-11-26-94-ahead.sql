-- What an intake asks of a worker: the periods that end on a day or after it. Of years of history it then reads none.
create index relations_by_worker_end on relations (worker_id, (coalesce(end_date, date 'infinity')));
-- Most declarations come without a source's key.
alter table declarations drop constraint declarations_source_key_key;
create unique index declarations_by_source_key on declarations (source_key) where source_key is not null;
-- Services read by receipt like the desk does: `declarations_by_receipt` serves both.
drop index declarations_by_agency;
