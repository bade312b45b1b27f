-- The books. A batch is a set of records that entered together (a file, a page of events, a run).
create table batch (
  id         uuid        primary key,
  kind       text        not null,
  tenant     text        not null,
  flow       text        not null,
  label      text        not null,
  received   bigint      not null default 0,
  written    bigint      not null default 0,
  unchanged  bigint      not null default 0,
  rejected   bigint      not null default 0,
  skipped    bigint      not null default 0,
  pending    bigint      not null default 0,
  opened_at  timestamptz not null default now(),
  closed_at  timestamptz,
  constraint batch_books_balance check (received = written + unchanged + rejected + skipped + pending)
);
create index batch_flow on batch (kind, flow, opened_at desc);
create index batch_opened on batch (opened_at);

-- Outcomes of consecutive records, one character per record (see dev.entrepot.model.Outcome). The
-- chunks of a batch are the records' own account of what became of them; the counts in `batch` are
-- running totals, which an audit compares with a recount of the chunks.
create table batch_chunk (
  batch_id     uuid        not null references batch on delete cascade,
  number       int         not null,
  first_record bigint      not null,
  records      int         not null check (records > 0 and records = octet_length(outcomes)),
  outcomes     bytea       not null,
  settled_at   timestamptz not null default now(),
  primary key (batch_id, number)
);

-- A rejected record keeps its source, line, keys, reason and payload.
create table dead_letter (
  batch_id        uuid        not null references batch on delete cascade,
  record          bigint      not null,
  line            bigint      not null,
  key             text,
  second_key      text,
  code            text        not null,
  reason          text        not null,
  problems        jsonb       not null,
  payload         text[]      not null,
  readable        boolean     not null,
  state           text        not null default 'open' check (state in ('open', 'mended', 'dismissed')),
  resolved_batch  uuid,
  resolved_record bigint,
  resolved_by     text,
  resolved_at     timestamptz,
  primary key (batch_id, record)
);
create index dead_letter_key on dead_letter (key) where key is not null;
create index dead_letter_second_key on dead_letter (second_key) where second_key is not null;
create index dead_letter_code on dead_letter (batch_id, code, record);

-- What people and programs did, and to what. Never updated, never deleted by the program.
create table activity (
  id       bigint generated always as identity primary key,
  at       timestamptz not null default now(),
  actor    text        not null,
  action   text        not null,
  subject  text        not null,
  details  jsonb       not null default '{}'
);
create index activity_subject on activity (subject, id desc);
create index activity_actor on activity (actor, id desc);
