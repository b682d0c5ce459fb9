create schema identity;

create table identity.role (
  name text primary key,
  permissions text[] not null
);

create table identity.unit (
  code text primary key,
  name text not null,
  name_en text,
  kind text not null,
  parent_code text,
  area_code text not null,
  area_path text not null
);

create table identity.post (
  id uuid primary key,
  code text not null unique,
  unit_code text not null references identity.unit,
  title text not null,
  area_code text not null,
  area_name text not null,
  area_path text not null,
  roles text[] not null
);

create table identity.person (
  id uuid primary key,
  login text not null unique,
  name text not null,
  password_hash text not null,
  failures int not null default 0,
  locked_until timestamptz,
  demo_step text
);

create table identity.holding (
  person_id uuid not null references identity.person,
  post_id uuid not null references identity.post,
  from_at timestamptz not null,
  to_at timestamptz,
  primary key (person_id, post_id, from_at)
);
create index holding_post on identity.holding (post_id);

create table identity.session (
  token_hash text primary key,
  id uuid not null,
  person_id uuid not null references identity.person,
  post_id uuid not null references identity.post,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  ends_at timestamptz not null
);
create index session_person on identity.session (person_id);

create schema identity_pub;
create view identity_pub.unit as select code, name, name_en, kind, area_code, area_path from identity.unit;
create view identity_pub.post as select id, code, unit_code, title from identity.post;
create view identity_pub.person as select id, name from identity.person;
