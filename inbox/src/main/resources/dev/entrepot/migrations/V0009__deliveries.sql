-- Events passed on to other systems by webhooks: where to, what is to be delivered, every attempt.

create table destination (
  name        text        primary key,
  tenant      text        not null,
  title       text        not null,
  url         text        not null,
  -- Empty: all of the tenant. A topic may end with *.
  topics      text[]      not null,
  connections text[]      not null,
  state       text        not null check (state in ('enabled', 'paused', 'disabled')),
  -- Why the program disabled it; null: it did not.
  problem     text,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  revision    bigint      not null default 1
);

create table destination_secret (
  destination text        not null references destination on delete cascade,
  -- The greatest is the newest.
  number      int         not null,
  -- Sealed (v1:…), or a reference: env:NAME, file:/path.
  value       text        not null,
  created_at  timestamptz not null,
  -- Null: until it is replaced.
  valid_until timestamptz,
  primary key (destination, number)
);

create sequence delivery_id as bigint cache 1;

-- One row for each event and destination; its body is in the log.
create table delivery (
  position    bigint      not null,
  -- Grows in the order in which the events of a key were handled.
  id          bigint      not null default nextval('delivery_id'),
  destination text        not null,
  lane        smallint    not null,
  connection  text        not null,
  topic       text        not null,
  key         text        not null,
  key_hash    bigint      not null,
  bytes       int         not null,
  replay      uuid,
  -- new: nobody has tried; waiting: it failed, or is next after one that did; behind: one before it
  -- waits. The others are final.
  state       text        not null default 'new'
    check (state in ('new', 'waiting', 'behind', 'delivered', 'dead', 'skipped')),
  -- When it is tried again.
  due_at      timestamptz,
  -- Of all, and since an operator had it tried again.
  attempts    int         not null default 0,
  tries       int         not null default 0,
  -- Of the last attempt; null: there was no answer.
  status      int,
  reason      text,
  -- As an operator edited it; null: as the log has it.
  body        bytea,
  created_at  timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  primary key (position, id),
  check ((state = 'waiting') = (due_at is not null)),
  check ((state in ('delivered', 'dead', 'skipped')) = (finished_at is not null))
) partition by range (position);
create unique index delivery_once on delivery (position, destination, replay) nulls not distinct;
create index delivery_new on delivery (destination, id) where state = 'new';
create index delivery_due on delivery (destination, due_at) where state = 'waiting';
create index delivery_held on delivery (destination, key_hash, id) where state in ('waiting', 'behind');
create index delivery_dead on delivery (destination, id) where state = 'dead';
create index delivery_destination on delivery (destination, position, id);
create index delivery_key on delivery (key_hash);

create table delivery_attempt (
  position bigint      not null,
  delivery bigint      not null,
  number   int         not null,
  at       timestamptz not null,
  took_ms  int         not null,
  -- Null: there was no answer.
  status   int,
  -- The first characters of the answer, or why there was none.
  answer   text        not null,
  primary key (position, delivery, number)
) partition by range (position);

select inbox_add_sliced('delivery', 'position', 1);
select inbox_add_sliced('delivery_attempt', 'position', 1);

-- Running totals, which an audit compares with a recount.
create table delivery_books (
  slice       int      not null,
  destination text     not null,
  lane        smallint not null,
  made        bigint   not null default 0,
  delivered   bigint   not null default 0,
  dead        bigint   not null default 0,
  skipped     bigint   not null default 0,
  pending     bigint   not null default 0,
  primary key (slice, destination, lane),
  constraint delivery_books_balance check (made = delivered + dead + skipped + pending)
) with (fillfactor = 50);
