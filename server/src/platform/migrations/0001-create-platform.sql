create extension if not exists pg_trgm;

-- Who tried what, with which outcome. Inserted unchained; the sealer chains committed rows.
create table platform.audit (
  district_id int not null,
  id uuid not null,
  at timestamptz not null,
  request_id text not null,
  person_id uuid,
  post_id uuid,
  actor_kind text not null,
  action text not null,
  object_kind text,
  object_id text,
  outcome text not null,
  error_code text,
  sealed_seq bigint,
  sealed_hash text,
  primary key (district_id, id)
);
create index audit_unsealed on platform.audit (district_id, at, id) where sealed_seq is null;
create index audit_newest on platform.audit (at desc, id desc);
create index audit_object on platform.audit (object_id, at desc) where object_id is not null;
create unique index audit_sealed on platform.audit (district_id, sealed_seq) where sealed_seq is not null;

-- Who read whose data, when and for which purpose; never the data.
create table platform.read_log (
  district_id int not null,
  id uuid not null,
  at timestamptz not null,
  request_id text not null,
  person_id uuid,
  post_id uuid,
  endpoint text not null,
  purpose text not null,
  object_kind text not null,
  object_id text not null,
  row_count int not null,
  sealed_seq bigint,
  sealed_hash text,
  primary key (district_id, id)
);
create index read_log_unsealed on platform.read_log (district_id, at, id) where sealed_seq is null;
create index read_log_newest on platform.read_log (at desc, id desc);
create index read_log_object on platform.read_log (object_id, at desc);
create unique index read_log_sealed on platform.read_log (district_id, sealed_seq) where sealed_seq is not null;

create table platform.seal_head (
  stream text not null,
  district_id int not null,
  seq bigint not null,
  hash text not null,
  primary key (stream, district_id)
);

-- One row per ledger line, written with it; delivered at least once and in order per case.
create table platform.outbox (
  district_id int not null,
  case_id uuid not null,
  seq int not null,
  topic text not null,
  at timestamptz not null,
  hash text not null,
  payload jsonb not null,
  delivered boolean not null default false,
  anchored boolean not null default false,
  attempts int not null default 0,
  next_at timestamptz,
  primary key (district_id, case_id, seq)
);
create index outbox_undelivered on platform.outbox (district_id, at, case_id, seq) where not delivered;
create index outbox_unanchored on platform.outbox (district_id, at, case_id, seq) where not anchored;

create table platform.idempotency (
  channel text not null,
  client text not null,
  key text not null,
  body_digest text not null,
  status int not null,
  answer jsonb not null,
  at timestamptz not null,
  primary key (channel, client, key)
);
create index idempotency_age on platform.idempotency (at);

create table platform.blob (
  district_id int not null,
  id uuid not null,
  sha256 text not null,
  media_type text not null,
  bytes int not null,
  taken_at timestamptz,
  lon double precision,
  lat double precision,
  owner text not null,
  created_at timestamptz not null,
  case_id uuid,
  primary key (district_id, id)
);
create index blob_unused on platform.blob (created_at) where case_id is null;
create index blob_case on platform.blob (case_id) where case_id is not null;

create table platform.setting (
  name text primary key,
  value jsonb not null
);

-- Case numbers come in blocks per process: unique, not gapless.
create table platform.number_block (
  day text primary key,
  next_serial int not null
);
