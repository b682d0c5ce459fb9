-- A ruling of an arbitration becomes a dated rule that comes before the city's own; the case that it came from is named.
alter table dispatch.rule
  add column source text not null default 'city',
  add column case_number text;
