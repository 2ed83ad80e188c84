-- The support desk finds by name and birth date together: of a country's namesakes it then reads the one.
create index workers_by_folded_name_and_birth on workers (family_name collate folded, birth_date);
drop index workers_by_folded_name;
