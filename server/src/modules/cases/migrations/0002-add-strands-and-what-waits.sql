-- What may happen beside the steps: strands with clocks of their own, links between cases, two tracks, answers of reporters.
alter table cases."case"
  add column involved text[] not null default '{}',
  add column waiting text[] not null default '{}',
  add column track text,
  add column track_rule text,
  add column first_receiver text,
  add column linked_to uuid,
  add column joined int not null default 0,
  add column reworked int not null default 0,
  add column exempt text not null default 'none',
  add column raised_to text,
  add column raised_level int not null default 0,
  add column answered_at timestamptz,
  add column answered_fixed boolean,
  add column answered_rating text;

update cases."case" set
  involved = case when owner_unit is null then '{}' else array[owner_unit] end,
  waiting = case state
    when 'reported' then array['cases.file', 'cases.void']
    when 'verifying' then array['cases.verify']
    when 'verified' then array['cases.file', 'cases.void']
    when 'filed' then array['cases.dispatch', 'cases.void']
    when 'dispatched' then array['unit:' || owner_unit || '/cases.accept']
    when 'handling' then array['unit:' || owner_unit || '/cases.accept', 'unit:' || owner_unit || '/cases.handle']
    when 'handled' then array['cases.check']
    when 'checked' then array['cases.close']
    when 'closed' then array['cases.evaluate']
    else '{}' end;

create index case_involved on cases."case" using gin (involved);
create index case_waiting on cases."case" using gin (waiting) where waiting <> '{}';
create index case_linked on cases."case" (linked_to) where linked_to is not null;

alter table cases.deadline
  add column strand text not null default '',
  add column paused boolean not null default false,
  add column since timestamptz,
  add column left_amount double precision;
alter table cases.deadline drop constraint deadline_pkey;
alter table cases.deadline add primary key (district_id, case_id, stage, started_seq, strand);

-- Derived like the case's row: a test replays and compares.
create table cases.strand (
  district_id int not null,
  case_id uuid not null,
  key text not null,
  kind text not null,
  state text not null,
  open boolean not null,
  unit_code text,
  by_unit text,
  opened_at timestamptz not null,
  ended_at timestamptz,
  due_at timestamptz,
  overdue_at timestamptz,
  reason text,
  limit_clock text,
  limit_amount double precision,
  until_on date,
  primary key (district_id, case_id, key)
);
create index strand_newest on cases.strand (opened_at desc, case_id desc, key desc);
create index strand_unit on cases.strand (unit_code, opened_at desc) where open;
create index strand_by on cases.strand (by_unit, opened_at desc) where open;
create index strand_kind on cases.strand (kind, opened_at desc) where open;

create or replace view cases_pub.case_fact as
  select district_id, id, area_path, owner_unit, state, opened_at, filed_at, dispatched_at, handled_at, handled_on_time, closed_at, closed_on_time, voided_at, sent_back, overdue,
    track, track_rule, exempt, reworked, answered_at, answered_fixed, answered_rating, matter_key, matter_name, grid_code, involved
  from cases."case";
create view cases_pub.strand_fact as
  select strand.district_id, strand.case_id, strand.key, strand.kind, strand.state, strand.open, strand.unit_code, strand.by_unit, strand.opened_at, strand.ended_at, strand.due_at, strand.overdue_at, strand.reason,
    "case".area_path
  from cases.strand join cases."case" on "case".district_id = strand.district_id and "case".id = strand.case_id;
