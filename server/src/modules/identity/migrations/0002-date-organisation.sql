-- Everything dated, nothing deleted: units, posts and people begin and end, holdings say why and by whom.
alter table identity.unit add column created_at timestamptz not null default now(), add column ended_at timestamptz;
alter table identity.post add column created_at timestamptz not null default now(), add column ended_at timestamptz;

alter table identity.person
  add column created_at timestamptz not null default now(),
  add column unit_code text references identity.unit,
  add column ended_at timestamptz,
  add column last_sign_in_at timestamptz,
  add column password_at timestamptz,
  alter column password_hash drop not null;
update identity.person set last_sign_in_at = (select max(seen_at) from identity.session where session.person_id = person.id), password_at = now();

alter table identity.holding
  add column id uuid not null default gen_random_uuid(),
  add column deputy boolean not null default false,
  add column reason text,
  add column granted_by uuid,
  add column ended_by uuid;
create unique index holding_id on identity.holding (id);

alter table identity.session add column strong boolean not null default false, add column way text not null default 'password';

create table identity.hand_over (
  id uuid primary key,
  at timestamptz not null,
  post_id uuid not null references identity.post,
  person_id uuid not null references identity.person,
  taken_over_by uuid references identity.person,
  note text not null,
  open_work int not null,
  acknowledged_at timestamptz
);
create index hand_over_post on identity.hand_over (post_id, at);
create index hand_over_taken_over_by on identity.hand_over (taken_over_by, at);

create table identity.change (
  id uuid primary key,
  at timestamptz not null,
  kind text not null,
  object text not null,
  action text not null,
  before text,
  after text,
  reason text not null,
  person_id uuid,
  post_id uuid
);
create index change_object on identity.change (kind, object, at);
create function identity.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'identity.change is append-only';
end $$;
create trigger change_append_only before update or delete on identity.change for each row execute function identity.refuse_change();

-- What opens an account lies here as a hash, or sealed with a key outside the database.
create table identity.second_factor (
  person_id uuid primary key references identity.person,
  sealed_secret text not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0
);
create table identity.recovery_code (
  person_id uuid not null references identity.person,
  code_hash text not null,
  used_at timestamptz,
  primary key (person_id, code_hash)
);
create table identity.challenge (
  token_hash text primary key,
  person_id uuid not null references identity.person,
  post_id uuid,
  kind text not null,
  way text not null,
  strong boolean not null,
  failures int not null default 0,
  ends_at timestamptz not null
);
create index challenge_person on identity.challenge (person_id);
create table identity.invitation (
  code_hash text primary key,
  person_id uuid not null references identity.person,
  created_at timestamptz not null,
  created_by uuid not null,
  ends_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index invitation_person on identity.invitation (person_id);
create table identity.password_history (
  person_id uuid not null references identity.person,
  at timestamptz not null,
  password_hash text not null,
  primary key (person_id, at, password_hash)
);
create table identity.provider_flow (
  state_hash text primary key,
  browser_hash text not null,
  ends_at timestamptz not null
);

-- Who stood in at which post and when, so that an entry of that person at that post can say so.
create view identity_pub.deputy as select post_id, person_id, from_at, to_at from identity.holding where deputy;
