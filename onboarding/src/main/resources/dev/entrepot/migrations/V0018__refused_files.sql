-- Files of the watched folder that did not become uploads, until a person has seen to them.
create table refused_file (
  id           uuid        primary key,
  vendor       text,
  file_name    text        not null,
  kept_at      text        not null,
  code         text        not null,
  reason       text        not null,
  refused_at   timestamptz not null,
  dismissed_at timestamptz,
  dismissed_by text
);
create index refused_file_open on refused_file (id) where dismissed_at is null;
