create schema patrol;

-- Grid items as the city published them; an edition never changes.
create table patrol.item_edition (
  edition int primary key,
  published_at timestamptz not null,
  published_by uuid,
  note text not null,
  digest text not null,
  classes jsonb not null,
  items jsonb not null
);

-- Which post is put to which grid, over time.
create table patrol.assignment (
  district_id int not null,
  id uuid not null,
  grid_code text not null,
  post_id uuid not null,
  part text not null,
  from_at timestamptz not null,
  to_at timestamptz,
  reason text,
  opened_by_change uuid,
  ended_by_change uuid,
  primary key (district_id, id)
);
create unique index assignment_standing on patrol.assignment (grid_code, post_id) where to_at is null;
create index assignment_post on patrol.assignment (post_id, from_at);
create index assignment_change on patrol.assignment (ended_by_change) where ended_by_change is not null;
create index assignment_opened on patrol.assignment (opened_by_change) where opened_by_change is not null;

-- A call for an item after an event, in every basic grid of an area.
create table patrol.call (
  district_id int not null,
  id uuid not null,
  item_key text not null,
  item_edition int not null,
  area_code text not null,
  area_path text collate "C" not null,
  called_at timestamptz not null,
  due_at timestamptz not null,
  closes_at timestamptz not null,
  reason text not null,
  person_id uuid,
  primary key (district_id, id)
);
create index call_newest on patrol.call (called_at desc, id desc);
create index call_due on patrol.call (due_at);

-- What was done, excused, taken back or carried over: append only.
create table patrol.entry (
  district_id int not null,
  id uuid not null,
  kind text not null,
  grid_code text not null,
  grid_path text collate "C" not null,
  item_key text not null,
  item_edition int not null,
  period text not null,
  made_at timestamptz not null,
  received_at timestamptz not null,
  late boolean not null,
  person_id uuid,
  post_id uuid,
  act_key text,
  form jsonb,
  words text,
  photos uuid[] not null,
  lon double precision,
  lat double precision,
  reason_code text,
  case_id uuid,
  case_number text,
  corrects uuid,
  carried_from uuid[] not null,
  change_id uuid,
  primary key (district_id, id)
);
create index entry_grid on patrol.entry (grid_code, received_at desc, id desc);
create index entry_person on patrol.entry (person_id, received_at desc) where person_id is not null;
create unique index entry_corrects on patrol.entry (corrects) where corrects is not null;
create function patrol.refuse_edit() returns trigger language plpgsql as $$
begin
  raise exception 'the register of duties is append only';
end $$;
create trigger entry_append_only before delete or update of district_id, id, kind, grid_code, grid_path, item_key, item_edition, period, made_at, received_at, late, case_id, corrects, carried_from
  on patrol.entry for each row execute function patrol.refuse_edit();

-- The duties that are settled now: derived from the entries, one row for each grid, item and period.
create table patrol.settled (
  district_id int not null,
  grid_code text not null,
  item_key text not null,
  period text not null,
  entry_id uuid not null,
  state text not null,
  due_on date not null,
  due_at timestamptz not null,
  closes_at timestamptz not null,
  primary key (district_id, grid_code, item_key, period)
);
create index settled_due on patrol.settled (due_on, grid_code);
create index settled_grid on patrol.settled (grid_code, closes_at);

-- Acts made without a network that could not be taken, so that a telephone's count and ours can be compared.
create table patrol.refused (
  district_id int not null,
  id uuid not null,
  person_id uuid not null,
  act_key text not null,
  code text not null,
  at timestamptz not null,
  primary key (district_id, id)
);
create index refused_person on patrol.refused (person_id, at desc);

create schema patrol_pub;
create view patrol_pub.settled as select district_id, grid_code, item_key, period, state, due_on, due_at from patrol.settled;
create view patrol_pub.entry_fact as select district_id, id, kind, grid_code, grid_path, item_key, period, received_at, late, case_id is not null as opened_case from patrol.entry;
