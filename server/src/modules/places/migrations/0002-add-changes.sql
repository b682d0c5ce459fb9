-- What history needs to be read as of a day, and which change made each version.
alter table places.area add column change_id uuid;
alter table places.area_history add column parent_code text;
alter table places.area_history add column area_m2 double precision;
alter table places.area_history add column lon double precision;
alter table places.area_history add column lat double precision;
alter table places.area_history add column change_id uuid;
create index area_history_time on places.area_history (valid_to, valid_from);

-- A change of the ground with the report of what it moved.
create table places.change (
  id uuid primary key,
  kind text not null,
  at timestamptz not null,
  reason text not null,
  person_id uuid,
  post_title text,
  unit_name text,
  undoes uuid,
  area_count int not null,
  moving_count int not null,
  report jsonb not null,
  -- Open cases follow after the commit, each in a transaction of its own; until then the change is not settled.
  scope_paths text[] not null,
  settled_at timestamptz
);
create index change_unsettled on places.change (at) where settled_at is null;
create index change_newest on places.change (at desc, id desc);
create unique index change_undoes on places.change (undoes) where undoes is not null;

create table places.change_area (
  change_id uuid not null references places.change,
  code text not null,
  before_version int,
  after_version int,
  successors text[] not null,
  primary key (change_id, code)
);
create index change_area_code on places.change_area (code);

-- Every version of every area with the time in which it stood.
create view places_pub.area_version as
  select code, version, path, level, grid_kind, name, valid_from, null::timestamptz as valid_to from places.area
  union all
  select code, version, path, level, grid_kind, name, valid_from, valid_to from places.area_history;
-- Which areas took over the ground of one that ended.
create view places_pub.area_successor as
  select change_area.code, change.at, unnest(successors) as successor from places.change_area join places.change on change.id = change_id;
-- Components without their place: what a data set counts.
create view places_pub.component as select district_id, code, scheme, type_code, state, area_path, changed_at from places.component;
