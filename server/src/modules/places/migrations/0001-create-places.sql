create schema places;

-- The area tree of any depth as it is now; geometry is GeoJSON in WGS84, looked up in memory.
create table places.area (
  code text primary key,
  parent_code text,
  path text not null unique,
  level text not null,
  grid_kind text,
  name text not null,
  area_m2 double precision not null,
  lon double precision not null,
  lat double precision not null,
  version int not null,
  valid_from timestamptz not null,
  geometry jsonb not null
);
create index area_parent on places.area (parent_code, code);

-- What an area was before: a boundary edit never forgets.
create table places.area_history (
  code text not null,
  version int not null,
  path text not null,
  level text not null,
  grid_kind text,
  name text not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  geometry jsonb not null,
  primary key (code, version)
);

-- The ordinal of a district is fixed at its creation: ids carry it.
create table places.district (
  code text primary key,
  ordinal int not null unique check (ordinal between 1 and 4095)
);

-- Codes and paths are compared by prefix; collation C lets an index do that.
create table places.component (
  district_id int not null,
  code text collate "C" not null,
  scheme text not null,
  type_code text not null,
  name text not null,
  owner_unit text,
  state text not null,
  lon double precision not null,
  lat double precision not null,
  area_code text,
  area_path text collate "C" not null,
  version int not null,
  changed_at timestamptz not null,
  primary key (district_id, code)
);
create index component_order on places.component (code);
create index component_area on places.component (area_path, code);

create schema places_pub;
create view places_pub.area as select code, parent_code, path, level, grid_kind, name from places.area;
