-- The first security administrator is invited by the program itself.
alter table identity.invitation alter column created_by drop not null;
