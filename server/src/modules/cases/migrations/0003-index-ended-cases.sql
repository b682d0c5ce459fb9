-- Retention counts from the end of a case, the longest ago first.
create index case_ended on cases."case" (state_at, id) where state in ('closed', 'evaluated', 'voided');
