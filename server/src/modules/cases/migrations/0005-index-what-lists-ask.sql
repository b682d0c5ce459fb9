-- Every move writes a new version of the case's row and with it an entry into each of its indexes. What a case is called never changes, so
-- that its words are found through a table of their own; what is looked for among open cases alone is in partial indexes.

-- Pairs of neighbouring characters: many Chinese words have two, and trigrams find none of those.
create function cases.grams(words text) returns text[] language sql immutable strict parallel safe as $$
  select coalesce(array_agg(distinct substr(folded, at, 2)), '{}') from (select lower(words) as folded) as said, generate_series(1, length(folded) - 1) as at
$$;

create table cases.case_text (
  district_id int not null,
  id uuid not null,
  number text collate "C" not null,
  title text not null,
  primary key (district_id, id)
);
insert into cases.case_text (district_id, id, number, title) select district_id, id, number, title from cases."case";
create index case_text_grams on cases.case_text using gin (cases.grams(title)) with (gin_pending_list_limit = 256);
create index case_text_number on cases.case_text (number);
create index case_text_number_end on cases.case_text (reverse(number));

drop index cases.case_title;
drop index cases.case_number_words;
-- A case's owner is among those involved.
drop index cases.case_owner;
-- States of open cases are few rows of case_open; those of ended cases are most of the table.
drop index cases.case_state;

drop index cases.case_place;
create index case_open_place on cases."case" (lon, lat) where lon is not null and state not in ('closed', 'evaluated', 'voided');
-- The map shows what ended within a day: the place is looked at before the row is.
drop index cases.case_ended;
create index case_ended on cases."case" (state_at, id, lon, lat) where state in ('closed', 'evaluated', 'voided');
