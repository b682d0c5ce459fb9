-- Whether a session still lasts, for what ends with it; nothing by which it could be used.
create view identity_pub.session as select id, ends_at from identity.session;
