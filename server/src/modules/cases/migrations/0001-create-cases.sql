create schema cases;

-- Everything here but identity and opening facts is derived from the entries; a test replays and compares.
-- area_path is compared by prefix; collation C lets an index do that.
create table cases."case" (
  district_id int not null,
  id uuid not null,
  number text not null,
  workflow text not null,
  workflow_version int not null,
  channel text not null,
  title text not null,
  area_path text collate "C" not null,
  grid_code text,
  lon double precision,
  lat double precision,
  opened_at timestamptz not null,
  state text not null,
  step text not null,
  seq int not null,
  round int not null,
  state_at timestamptz not null,
  head_hash text not null,
  edition int,
  matter_key text,
  matter_name text,
  condition_row int,
  advised_unit text,
  advised_rule text,
  owner_unit text,
  due_at timestamptz,
  overdue boolean not null,
  filed_at timestamptz,
  dispatched_at timestamptz,
  handled_at timestamptz,
  handled_on_time boolean,
  closed_at timestamptz,
  closed_on_time boolean,
  voided_at timestamptz,
  sent_back int not null,
  primary key (district_id, id)
);
create unique index case_number on cases."case" (district_id, number);
create index case_newest on cases."case" (opened_at desc, id desc);
create index case_area on cases."case" (area_path, opened_at desc, id desc);
create index case_state on cases."case" (state, opened_at desc, id desc);
create index case_owner on cases."case" (owner_unit, opened_at desc, id desc) where owner_unit is not null;
create index case_open on cases."case" (opened_at desc, id desc) where state not in ('closed', 'evaluated', 'voided');
create index case_overdue on cases."case" (opened_at desc, id desc) where overdue;
create index case_matter on cases."case" (matter_key, opened_at desc, id desc);
create index case_place on cases."case" (lon, lat) where lon is not null;
create index case_title on cases."case" using gin (title gin_trgm_ops);
create index case_number_words on cases."case" using gin (number gin_trgm_ops);

-- The ledger: append only. What may be erased lies in entry_words, bound here by words_digest.
create table cases.entry (
  district_id int not null,
  case_id uuid not null,
  seq int not null,
  at timestamptz not null,
  move text not null,
  actor_kind text not null,
  person_id uuid,
  post_id uuid,
  unit_code text,
  reason_code text,
  facts jsonb not null,
  words_digest text not null,
  alg text not null,
  prev_hash text not null,
  hash text not null,
  primary key (district_id, case_id, seq)
);
create index entry_person on cases.entry (person_id, at desc) where person_id is not null;

create table cases.entry_words (
  district_id int not null,
  case_id uuid not null,
  seq int not null,
  salt text not null,
  words jsonb not null,
  primary key (district_id, case_id, seq)
);

-- A deadline is a row; whoever looks at it only wakes us.
create table cases.deadline (
  district_id int not null,
  case_id uuid not null,
  stage text not null,
  started_seq int not null,
  clock text not null,
  amount double precision not null,
  calendar text not null,
  started_at timestamptz not null,
  due_at timestamptz not null,
  provisional boolean not null,
  stopped_at timestamptz,
  overdue_at timestamptz,
  primary key (district_id, case_id, stage, started_seq)
);
create index deadline_running on cases.deadline (due_at) where stopped_at is null and overdue_at is null;

create function cases.refuse_edit() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append only';
end $$;
create trigger entry_append_only before update or delete on cases.entry for each row execute function cases.refuse_edit();

create schema cases_pub;
create view cases_pub.case_fact as
  select district_id, id, area_path, owner_unit, state, opened_at, filed_at, dispatched_at, handled_at, handled_on_time, closed_at, closed_on_time, voided_at, sent_back, overdue
  from cases."case";
create view cases_pub.case_number as select district_id, id, number from cases."case";
