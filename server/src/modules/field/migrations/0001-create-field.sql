create schema field;

-- From going on duty to going off; one that runs for each person.
create table field.shift (
  district_id int not null,
  id uuid not null,
  person_id uuid not null,
  post_id uuid not null,
  unit_code text not null,
  area_path text collate "C" not null,
  started_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  primary key (district_id, id)
);
create unique index shift_running on field.shift (person_id) where ended_at is null;
create index shift_area on field.shift (area_path) where ended_at is null;
create index shift_person on field.shift (person_id, started_at desc);

-- Where somebody on duty was, rounded; gone after its period.
create table field.position (
  district_id int not null,
  shift_id uuid not null,
  at timestamptz not null,
  lon double precision not null,
  lat double precision not null,
  grid_code text,
  primary key (district_id, shift_id, at)
);
create index position_at on field.position (at);

-- What stays of positions: in how many shifts somebody was in a grid in an hour.
create table field.presence (
  district_id int not null,
  grid_code text not null,
  hour timestamptz not null,
  shifts int not null,
  positions int not null,
  primary key (district_id, grid_code, hour)
);
