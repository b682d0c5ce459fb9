-- A city has several calendars, each with versions; an edit makes a new one and never touches the old.
alter table catalog.calendar add column id text;
alter table catalog.calendar add column names jsonb;
alter table catalog.calendar add column note text not null default '';
alter table catalog.calendar add column published_by uuid;
update catalog.calendar set id = value ->> 'id', names = jsonb_build_object('zh', '标准工作日历', 'en', 'Standard working calendar');
alter table catalog.calendar alter column id set not null;
alter table catalog.calendar alter column names set not null;
create index calendar_newest on catalog.calendar (id, published_at desc, version desc);

-- Which open cases were moved to which edition by whose choice; the lines are in the ledgers of the cases.
create table catalog.migration (
  id uuid primary key,
  edition int not null references catalog.edition,
  matter_key text not null,
  from_edition int not null,
  row_map jsonb not null,
  reason text not null,
  person_id uuid,
  at timestamptz not null,
  cases int not null,
  left_behind int not null
);

create schema if not exists catalog_pub;
create view catalog_pub.matter_key as select edition, key from catalog.matter;
