create schema intake;

-- What one channel said, kept word for word; several reports may feed one case.
create table intake.report (
  district_id int not null,
  id uuid not null,
  case_id uuid not null,
  receipt_hash text not null,
  channel text not null,
  title text not null,
  said text not null,
  address text,
  component text,
  form jsonb,
  said_at timestamptz,
  received_at timestamptz not null,
  flags text[] not null,
  photos uuid[] not null,
  said_position jsonb,
  area_path text collate "C" not null,
  outcome text not null,
  reason_code text not null,
  reason_zh text not null,
  reason_en text not null,
  rule text,
  facts text[] not null,
  primary key (district_id, id)
);
create index report_case on intake.report (case_id);
create index report_receipt on intake.report (receipt_hash);
create index report_newest on intake.report (received_at desc, id desc);
create index report_outcome on intake.report (outcome, reason_code, received_at desc, id desc);

-- The contact as said, apart from the report so that it can be erased alone; the handler never sees it.
create table intake.reporter (
  district_id int not null,
  report_id uuid not null,
  name text,
  contact text,
  primary key (district_id, report_id)
);

create schema intake_pub;
-- For the proof that what was said is what the ledger was opened with.
create view intake_pub.said as select case_id, title, said from intake.report;
