-- What a mapping did not take is kept beside what the destination did not: both are outstanding
-- until a later record of the key is settled. What the mapping did not take is not tried again by
-- itself (due: infinity): it comes again when it changes at the source, and with another mapping or
-- another revision of it everything is read again.
alter table flow_rejected
  add column by_mapping boolean     not null default false,
  add column code       text        not null default '',
  add column reason     text        not null default '',
  -- Since when the key is outstanding without a break, and when it was rejected last.
  add column since      timestamptz not null default now(),
  add column at         timestamptz not null default now();
alter table flow_rejected
  alter column since set default clock_timestamp(),
  alter column at set default clock_timestamp();
create index flow_rejected_outstanding on flow_rejected (tenant, by_mapping, since);

update flow_rejected k
set code = split_part(r.reason, ': ', 1), reason = substr(r.reason, strpos(r.reason, ': ') + 2)
from flow_record r
where r.run = k.run and r.record = k.record and strpos(r.reason, ': ') > 0;

-- Records that were rejected and of which not even the key is known: nobody can tell whether they
-- came again. The next run that reads everything counts them anew.
create table flow_keyless (
  tenant  text        collate "C" primary key,
  records bigint      not null,
  -- The run that counted last.
  run     uuid        not null,
  at      timestamptz not null default clock_timestamp()
);
select flow_isolate('flow_keyless');
