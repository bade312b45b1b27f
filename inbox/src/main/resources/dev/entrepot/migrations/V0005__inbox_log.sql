-- The inbox's log, and the connections by which events come. See docs/adr/0008-event-log.md.

-- Facts of this database, in one row.
create table inbox_settings (
  singleton            boolean  primary key default true check (singleton),
  -- Never changes: every key's lane follows from it.
  lanes                smallint not null check (lanes between 1 and 256),
  -- Moves with every change of a connection, so that nodes see that theirs are out of date.
  connections_revision bigint   not null default 0
);
insert into inbox_settings (lanes) values (16);

-- A position is slice << 40 | counter. The sequence says which slice is written to: its last value's.
create sequence inbox_position as bigint cache 1;

create table inbox_slice (
  slice     int primary key,
  -- Null until it is written to.
  opened_at timestamptz,
  -- Null until the next one is written to.
  closed_at timestamptz
);

-- Tables whose partitions are made ahead and dropped whole with the slices.
create table inbox_sliced (
  table_name    text primary key,
  -- What the partition key holds: positions, or the numbers of slices.
  partition_key text not null check (partition_key in ('position', 'slice')),
  -- How many slices share a partition.
  width         int  not null check (width > 0),
  -- Columns that are unique within each partition, though not across them.
  unique_key    text
);

create function inbox_make_partition(sliced inbox_sliced, slice int) returns void
language plpgsql as $$
declare
  part  int    := slice / sliced.width;
  name  text   := sliced.table_name || '_' || part;
  scale bigint := case sliced.partition_key when 'position' then 1::bigint << 40 else 1 end;
begin
  if to_regclass(quote_ident(name)) is not null then
    return;
  end if;
  -- Attaching takes a lock that lets others go on reading and writing; "partition of" would not.
  execute format('create table %I (like %I including all)', name, sliced.table_name);
  if sliced.unique_key is not null then
    execute format('create unique index on %I (%s)', name, sliced.unique_key);
  end if;
  execute format('alter table %I attach partition %I for values from (%s) to (%s)',
    sliced.table_name, name,
    part::bigint * sliced.width * scale, (part::bigint + 1) * sliced.width * scale);
end $$;

-- Makes the partitions of a slice in all tables.
create function inbox_make_slice(wanted int) returns void
language sql as $$
  insert into inbox_slice (slice) values (wanted) on conflict do nothing;
  select inbox_make_partition(s, wanted) from inbox_sliced s;
$$;

-- Takes in another table, with partitions for the slices there are.
create function inbox_add_sliced(named text, key text, wide int, uniquely text default null) returns void
language sql as $$
  insert into inbox_sliced values (named, key, wide, uniquely);
  select inbox_make_partition(t, s.slice)
  from inbox_sliced t, inbox_slice s where t.table_name = named order by s.slice;
$$;

create table inbox_event (
  position     bigint      not null,
  lane         smallint    not null,
  connection   text        not null,
  external_id  text        not null,
  topic        text        not null,
  key          text        not null,
  -- Of the key's SHA-256, the first eight bytes; the lane follows from it.
  key_hash     bigint      not null,
  received_at  timestamptz not null default clock_timestamp(),
  triggered_at timestamptz,
  -- Which of the connection's secrets signed it, 0 the newest; null: it was not signed.
  verified     smallint,
  -- Headers and body, packed and compressed by dev.entrepot.inbox.log.Payload.
  payload      bytea       not null,
  primary key (position)
) partition by range (position);
-- Packed already; partitions take it over. PostgreSQL 15 knows it only as a statement of its own; written anew for that.
-- Checksum before: 1616564202
alter table inbox_event alter column payload set storage external;
create index inbox_event_lane on inbox_event (lane, position);
create index inbox_event_key on inbox_event (key_hash);

-- What was kept once is not kept again: digests of connection and external id.
create table inbox_seen (
  digest   uuid   not null,
  position bigint not null
) partition by range (position);

-- Deliveries that were not kept because they had come before.
create table inbox_duplicate (
  -- Of the sequence as events have; it makes the partition.
  position    bigint      not null,
  first       bigint      not null,
  connection  text        not null,
  received_at timestamptz not null default clock_timestamp()
) partition by range (position);
create index inbox_duplicate_first on inbox_duplicate (first);

select inbox_add_sliced('inbox_event', 'position', 1);
select inbox_add_sliced('inbox_seen', 'position', 7, 'digest');
select inbox_add_sliced('inbox_duplicate', 'position', 1);

-- The first slice is named after today; so are the following ones, unless they are shorter than a day.
do $$
declare
  today int := extract(epoch from now())::bigint / 86400;
begin
  perform inbox_make_slice(today);
  update inbox_slice set opened_at = now() where slice = today;
  perform setval('inbox_position', today::bigint << 40);
end $$;

create table inbox_connection (
  -- Also the last part of its address.
  name            text        primary key,
  tenant          text        not null,
  kind            text        not null,
  title           text        not null,
  settings        jsonb       not null default '{}',
  state           text        not null default 'enabled' check (state in ('enabled', 'paused', 'disabled')),
  most_body_bytes int         not null check (most_body_bytes > 0),
  dead_letters    text        not null default 'release' check (dead_letters in ('release', 'park')),
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  revision        bigint      not null default 1
);

create table inbox_secret (
  connection  text        not null references inbox_connection on delete cascade,
  -- The greatest is the newest.
  number      int         not null,
  -- Sealed (v1:…), or a reference: env:NAME, file:/path.
  value       text        not null,
  created_at  timestamptz not null,
  -- Null: until it is replaced.
  valid_until timestamptz,
  primary key (connection, number)
);

-- Figures for charts, added up every few seconds; what was kept is counted in the log itself.
create table inbox_intake (
  minute     timestamptz not null,
  connection text        not null,
  node       text        not null,
  accepted   bigint      not null,
  duplicates bigint      not null,
  -- By reason.
  refused    jsonb       not null,
  -- How many answers took how long; bounds in dev.entrepot.inbox.intake.LatencyHistogram.
  latency    bigint[]    not null,
  primary key (minute, connection, node)
);
