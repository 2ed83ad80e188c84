-- The eBox takes one language of nl, fr and de: that of the pages on which a worker chose.
alter table notice_choices add column language text not null default 'nl' check (language in ('nl', 'fr', 'de'));
