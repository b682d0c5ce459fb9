-- A program that may report over Open311. The key itself is shown once and never kept.
create table intake.open311_key (
  id uuid primary key,
  key_hash text not null unique,
  name text not null,
  contact text not null,
  per_minute int not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);

-- Which key a report came in with, so that what a misused key sent can be found.
create table intake.open311_report (
  district_id int not null,
  report_id uuid not null,
  key_id uuid not null,
  primary key (district_id, report_id)
);
create index open311_report_key on intake.open311_report (key_id);
