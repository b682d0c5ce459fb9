-- Each look at a reporter's contact as an act of its own; one in an emergency waits for a review.
create table platform.reveal (
  district_id int not null,
  id uuid not null,
  at timestamptz not null,
  kind text not null,
  case_id uuid not null,
  case_number text not null,
  area_path text collate "C" not null,
  person_id uuid not null,
  person_name text not null,
  post_id uuid not null,
  post_title text not null,
  unit_name text not null,
  reason text not null,
  review_due_at timestamptz,
  reviewed_at timestamptz,
  reviewer_id uuid,
  reviewer_name text,
  verdict text,
  review_note text,
  primary key (district_id, id)
);
create index reveal_newest on platform.reveal (at desc, id desc);
create index reveal_person on platform.reveal (person_id, kind, at desc);
create index reveal_open on platform.reveal (review_due_at) where review_due_at is not null and reviewed_at is null;

-- An export from its asking to its end. The asker's scope is kept as it was when asked.
create table platform.export (
  district_id int not null,
  id uuid not null,
  number text not null unique,
  state text not null,
  dataset text not null,
  filter jsonb not null,
  fields text[] not null,
  unmasked text[] not null,
  purpose text not null,
  reason text not null,
  asked_at timestamptz not null,
  person_id uuid not null,
  person_name text not null,
  post_id uuid not null,
  post_title text not null,
  unit_code text not null,
  unit_name text not null,
  area_path text collate "C" not null,
  permissions text[] not null,
  count_asked int not null,
  count_made int,
  bytes int,
  alert boolean not null,
  alert_threshold int not null,
  decided_at timestamptz,
  decider_id uuid,
  decider_name text,
  decision_note text,
  ready_at timestamptz,
  expires_at timestamptz,
  downloads int not null default 0,
  failure text,
  primary key (district_id, id)
);
create index export_newest on platform.export (asked_at desc, id desc);
create index export_person on platform.export (person_id, asked_at desc, id desc);
create index export_approved on platform.export (decided_at) where state = 'approved';
create index export_ready on platform.export (expires_at) where state = 'ready';

-- The file in pieces, so that it is made and sent without ever being whole in memory, and made or not made with its transaction.
create table platform.export_chunk (
  district_id int not null,
  export_id uuid not null,
  no int not null,
  content bytea not null,
  primary key (district_id, export_id, no)
);

-- A hold keeps everything of one case from erasure.
create table platform.legal_hold (
  district_id int not null,
  id uuid not null,
  case_id uuid not null,
  case_number text not null,
  area_path text collate "C" not null,
  reason text not null,
  placed_at timestamptz not null,
  placer_id uuid not null,
  placer_name text not null,
  ends_at timestamptz not null,
  released_at timestamptz,
  releaser_id uuid,
  releaser_name text,
  release_reason text,
  primary key (district_id, id)
);
create index legal_hold_case on platform.legal_hold (case_id);
create index legal_hold_newest on platform.legal_hold (placed_at desc, id desc);

-- Proof of erasure: what, how much, how old, and a digest over the ids in the order in which they went; never what was erased.
create table platform.erasure (
  district_id int not null,
  id uuid not null,
  day text not null,
  eraser text not null,
  columns text[] not null,
  row_count int not null,
  oldest_at timestamptz,
  digest text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (district_id, id)
);
create unique index erasure_day on platform.erasure (day, eraser);
create index erasure_newest on platform.erasure (started_at desc, id desc);

-- How far the erasure of ended cases has come, for each period; moved in the transaction that erases.
create table platform.erasure_mark (
  period_days int primary key,
  ended_at timestamptz not null,
  case_id uuid not null
);

-- Files whose last row is gone; the file goes after the commit, also after a kill between the two.
create table platform.blob_garbage (
  sha256 text primary key,
  at timestamptz not null
);
create index blob_sha256 on platform.blob (sha256);
