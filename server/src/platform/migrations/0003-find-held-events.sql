-- Events of a case behind one whose reaction failed wait for it; there are few such, and each delivery asks whether there are any.
create index outbox_held on platform.outbox (district_id, case_id) where not delivered and next_at is not null;
