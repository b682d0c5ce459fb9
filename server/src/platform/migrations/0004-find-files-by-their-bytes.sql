-- Before a file is removed it is asked whether another row still names the same bytes.
create index blob_bytes on platform.blob (sha256);
