-- Tiles of components are cut from memory, which follows what changed since it last looked.
create index component_changed on places.component (changed_at);
