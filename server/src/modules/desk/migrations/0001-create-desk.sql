create schema desk;

-- A named filter of somebody's list. Words searched for are not kept in it.
create table desk.filter (
  id uuid primary key,
  person_id uuid not null,
  unit_code text not null,
  name text not null,
  filter jsonb not null,
  shared boolean not null,
  position int not null,
  changed_at timestamptz not null
);
create unique index filter_own on desk.filter (person_id, name);
create index filter_shared on desk.filter (unit_code) where shared;

-- Who said to be on a case, and how that ended. One at a time; it binds nobody.
create table desk.claim (
  district_id int not null,
  id uuid not null,
  case_id uuid not null,
  seq int not null,
  person_id uuid not null,
  post_id uuid not null,
  session_id uuid not null,
  at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  reason text,
  primary key (district_id, id)
);
create unique index claim_running on desk.claim (district_id, case_id) where ended_at is null;
create index claim_over on desk.claim (ended_at, id) where ended_at is not null;

-- Quiet hours of a person, and until when one has looked at what waits for a post.
create table desk.quiet (
  person_id uuid primary key,
  from_time time not null,
  to_time time not null
);
create table desk.looked (
  person_id uuid not null,
  post_id uuid not null,
  seen_at timestamptz not null,
  primary key (person_id, post_id)
);

-- The receipt of an alert: it was shown to this person at this post when the case had this seq.
create table desk.receipt (
  district_id int not null,
  case_id uuid not null,
  seq int not null,
  person_id uuid not null,
  post_id uuid not null,
  at timestamptz not null,
  primary key (district_id, case_id, seq, person_id, post_id)
);
create index receipt_over on desk.receipt (at, case_id);
