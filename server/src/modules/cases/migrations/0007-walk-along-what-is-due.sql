-- Open cases whose clock runs, the soonest due first: the order of a desk that works by what is due.
create index case_due on cases."case" (due_at, id) where due_at is not null and state not in ('closed', 'evaluated', 'voided');

-- Who made which line: others ask whether somebody has moved a case since, and see no words.
create view cases_pub.entry_act as select district_id, case_id, seq, at, move, person_id, post_id, unit_code from cases.entry;
