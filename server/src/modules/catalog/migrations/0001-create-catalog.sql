create schema catalog;

-- An edition is the whole catalogue as published once; it never changes, and a case keeps the edition it was filed under.
create table catalog.edition (
  edition int primary key,
  published_at timestamptz not null,
  published_by uuid,
  note text not null,
  digest text not null,
  matter_count int not null,
  condition_count int not null
);

create table catalog.matter (
  edition int not null references catalog.edition,
  key text not null,
  value jsonb not null,
  primary key (edition, key)
);

-- Working calendars by version; a deadline names the one it was counted by.
create table catalog.calendar (
  version text primary key,
  value jsonb not null,
  published_at timestamptz not null
);
