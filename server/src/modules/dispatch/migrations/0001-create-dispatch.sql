create schema dispatch;

-- Who owns which matter where. A rule is never edited: it ends, and another begins.
create table dispatch.rule (
  id text primary key,
  matter text not null,
  area_code text not null,
  owner_unit text not null,
  co_owners text[] not null,
  valid_from date not null,
  valid_to date,
  note text not null
);
