-- What waits for somebody, in the order of a list.
create index case_waiting_newest on cases."case" (opened_at desc, id desc) where waiting <> '{}';
