-- Handing events on: lanes, outcomes, what waits, dead letters. See docs/adr/0009-lanes.md.

create table inbox_lane (
  lane     smallint primary key,
  -- Of the last event that has an outcome.
  position bigint   not null default 0,
  -- Moves with every settling and with every act that changes what waits: who settles must have
  -- read it as it is. The row's lock makes settlings and acts of one lane wait for each other.
  revision bigint   not null default 0
) with (fillfactor = 25);
insert into inbox_lane (lane) select generate_series(0, lanes - 1) from inbox_settings;

create table inbox_node (
  name       text        primary key,
  started_at timestamptz not null default clock_timestamp(),
  seen_at    timestamptz not null default clock_timestamp()
) with (fillfactor = 25);

-- Outcomes of consecutive events of a lane, one character per event (see dev.entrepot.model.Outcome).
create table inbox_chunk (
  slice          int         not null,
  lane           smallint    not null,
  first_position bigint      not null,
  last_position  bigint      not null,
  records        int         not null check (records > 0),
  outcomes       bytea       not null check (octet_length(outcomes) = records),
  -- Of each event: its position less the first one's.
  offsets        int[]       not null check (cardinality(offsets) = records),
  -- What each handler did: its name, and one character per event.
  handlers       jsonb       not null,
  settled_at     timestamptz not null default clock_timestamp(),
  primary key (slice, lane, last_position)
) partition by range (slice);
select inbox_add_sliced('inbox_chunk', 'slice', 1);

-- Running totals, which an audit compares with a recount of the chunks.
create table inbox_books (
  slice      int      not null,
  connection text     not null,
  lane       smallint not null,
  received   bigint   not null default 0,
  written    bigint   not null default 0,
  unchanged  bigint   not null default 0,
  rejected   bigint   not null default 0,
  skipped    bigint   not null default 0,
  pending    bigint   not null default 0,
  primary key (slice, connection, lane),
  constraint inbox_books_balance check (received = written + unchanged + rejected + skipped + pending)
) with (fillfactor = 50);

-- Events that wait, in the order of (key, position, id).
create table inbox_waiting (
  id         bigint      generated always as identity primary key,
  lane       smallint    not null,
  key        text        not null,
  position   bigint      not null,
  connection text        not null,
  topic      text        not null,
  bytes      int         not null,
  attempts   int         not null default 0,
  -- Null: behind another one of its key, or the key is parked.
  due_at     timestamptz,
  handler    text,
  code       text,
  reason     text,
  -- What handlers have done with it already; these are not called again.
  done       jsonb       not null default '{}',
  replay     uuid,
  record     bigint,
  -- To whom a replay goes; empty: to all.
  handlers   text[]      not null default '{}',
  -- The dead letter that is being retried.
  letter     bigint,
  -- As an operator edited it; null: as it came.
  body       bytea,
  since      timestamptz not null default clock_timestamp(),
  constraint inbox_waiting_once unique nulls not distinct (position, replay)
) with (fillfactor = 80);
create index inbox_waiting_due on inbox_waiting (lane, due_at) where due_at is not null;
create index inbox_waiting_key on inbox_waiting (key, position, id);
-- One event of a key is due, no more.
create unique index inbox_waiting_head on inbox_waiting (key) where due_at is not null;

create table inbox_parked (
  key    text        primary key,
  lane   smallint    not null,
  by     text        not null,
  reason text        not null,
  -- The dead letter that parked it; null: a person did.
  letter bigint,
  since  timestamptz not null default clock_timestamp()
);
create index inbox_parked_lane on inbox_parked (lane);

create table inbox_dead_letter (
  id         bigint      generated always as identity primary key,
  position   bigint      not null,
  lane       smallint    not null,
  connection text        not null,
  topic      text        not null,
  key        text        not null,
  bytes      int         not null,
  handler    text        not null,
  code       text        not null,
  reason     text        not null,
  -- Digest of handler, code, topic and the reason without its numbers and quotes.
  cause      text        not null,
  attempts   int         not null,
  state      text        not null default 'open' check (state in ('open', 'retrying', 'resolved', 'skipped')),
  done       jsonb       not null,
  replay     uuid,
  record     bigint,
  handlers   text[]      not null default '{}',
  body       bytea,
  died_at    timestamptz not null default clock_timestamp(),
  -- Who did what last, when, and why.
  by         text,
  at         timestamptz,
  note       text,
  constraint inbox_dead_letter_once unique nulls not distinct (position, replay)
);
create index inbox_dead_letter_open on inbox_dead_letter (cause, id) where state = 'open';
create index inbox_dead_letter_key on inbox_dead_letter (key);

-- Every edit of a dead letter's body; the log keeps what came.
create table inbox_edit (
  id     bigint      generated always as identity primary key,
  letter bigint      not null references inbox_dead_letter on delete cascade,
  body   bytea       not null,
  by     text        not null,
  at     timestamptz not null default clock_timestamp()
);
create index inbox_edit_letter on inbox_edit (letter);

-- What would be done to many dead letters; carried out only as long as it is still so.
create table inbox_plan (
  id      uuid        primary key,
  act     jsonb       not null,
  letters bigint      not null,
  digest  text        not null,
  by      text        not null,
  made_at timestamptz not null default clock_timestamp()
);

-- Replays; their books are the batch with the same id.
create table inbox_replay (
  id       uuid        primary key,
  asked    jsonb       not null,
  handlers text[]      not null,
  events   bigint      not null,
  by       text        not null,
  at       timestamptz not null default clock_timestamp()
);
