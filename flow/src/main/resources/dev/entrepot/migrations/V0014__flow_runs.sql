-- Runs: what was read, compared, sent and settled for each client. Every table is isolated by
-- tenant, see V0013.
create table flow_run (
  id               uuid        primary key,
  tenant           text        not null,
  flow             text        not null,
  source           text        not null,
  destination      text        not null,
  mode             text        not null check (mode in ('initial', 'incremental', 'plan')),
  -- Why: a schedule, a person, an API key.
  trigger          text        not null,
  asked_by         text        not null,
  asked_at         timestamptz not null default clock_timestamp(),
  state            text        not null default 'queued' check (state in
    ('queued', 'running', 'paused', 'planned', 'success', 'partial', 'failed', 'cancelled')),
  -- What somebody wants of it and it has not done yet.
  wish             text        check (wish in ('pause', 'cancel')),
  -- Of a plan: whether it is carried out.
  applied          boolean     not null default false,
  phase            text        not null default 'extract' check (phase in ('extract', 'missing', 'load')),
  since            timestamptz,
  mapping_revision int,
  -- When it, or the plan, began to read the source.
  read_from        timestamptz,
  started_at       timestamptz,
  ended_at         timestamptz,
  -- How often a node took it up.
  attempts         int         not null default 0,
  node             text,
  checkpoint       text,
  page_digest      text,
  pages            int         not null default 0,
  ghosts           bigint      not null default 0,
  source_total     bigint,
  -- Rejected records of which not even the key is known.
  keyless          bigint      not null default 0,
  -- Records that were given up for now, and must come again.
  again            bigint      not null default 0,
  -- Why the source was not read to its end, while what came of it is still being loaded.
  source_code      text,
  source_reason    text,
  code             text,
  reason           text,
  -- Whether its end was told and written to disk.
  announced        boolean     not null default false
);
create index flow_run_tenant on flow_run (tenant, id desc);
create index flow_run_open on flow_run (tenant, asked_at) where state in ('queued', 'running', 'paused');
create unique index flow_run_queued_once on flow_run (tenant, mode) where state = 'queued' and not applied;
create index flow_run_unannounced on flow_run (ended_at) where not announced and ended_at is not null;

-- What a run did in each step of its destination.
create table flow_step (
  run       uuid   not null references flow_run on delete cascade,
  tenant    text   not null,
  step      text   not null,
  position  int    not null,
  title     text   not null,
  call_size int    not null,
  -- Records that need the step.
  wanted    bigint not null default 0,
  calls     bigint not null default 0,
  accepted  bigint not null default 0,
  rejected  bigint not null default 0,
  -- Calls that were put off by the destination, or whose result was unknown.
  put_off   bigint not null default 0,
  unknown   bigint not null default 0,
  lookups   bigint not null default 0,
  primary key (run, step)
);

-- The keys of each settled page, in the order of its records; empty where a record has none.
create table flow_page (
  run          uuid        not null references flow_run on delete cascade,
  number       int         not null,
  tenant       text        not null,
  first_record bigint      not null,
  records      int         not null,
  keys         text[]      not null,
  read_at      timestamptz not null default clock_timestamp(),
  primary key (run, number)
);

-- Records that are more than unchanged: what came, what is to be sent, how it differs. What became
-- of them is in batch_chunk.
create table flow_record (
  run      uuid        not null references flow_run on delete cascade,
  record   bigint      not null,
  tenant   text        not null,
  key      text        collate "C",
  change   text        check (change in ('create', 'update', 'delete')),
  source   json        not null,
  item     json,
  -- By step and field: what the destination is known to hold, and what it is to hold.
  diffs    json,
  reason   text,
  primary key (run, record)
);
create index flow_record_key on flow_record (key, run);

-- What a destination is known to hold, as the steps' parts of items.
create table flow_known (
  tenant      text        collate "C" not null,
  destination text        collate "C" not null,
  key         text        collate "C" not null,
  step        text        collate "C" not null,
  content     json        not null,
  run         uuid        not null,
  record      bigint      not null,
  at          timestamptz not null default clock_timestamp(),
  primary key (tenant, destination, key, step)
);

-- Calls that write: the row is committed before the call is made. One without an end whose worker
-- is gone has an unknown result.
create table flow_call (
  run       uuid        not null references flow_run on delete cascade,
  number    int         not null,
  tenant    text        not null,
  step      text        not null,
  records   bigint[]    not null,
  sent_at   timestamptz not null default clock_timestamp(),
  ended_at  timestamptz,
  result    text,
  primary key (run, number)
);
create index flow_call_open on flow_call (run) where ended_at is null;

-- What was said between us and the systems, secrets masked.
create table flow_exchange (
  id              bigint      generated always as identity primary key,
  run             uuid        not null references flow_run on delete cascade,
  tenant          text        not null,
  side            text        not null check (side in ('source', 'destination')),
  call            int,
  at              timestamptz not null,
  purpose         text        not null,
  method          text        not null,
  uri             text        not null,
  status          int         not null,
  took_micros     bigint      not null,
  request_headers json        not null,
  request_body    text,
  answer_headers  json        not null,
  answer_body     text,
  problem         text
);
create index flow_exchange_run on flow_exchange (run, id);

-- How far a client's flow has read.
create table flow_watermark (
  tenant           text        not null,
  flow             text        not null,
  since            timestamptz not null,
  mapping_revision int         not null,
  run              uuid        not null,
  moved_at         timestamptz not null default clock_timestamp(),
  primary key (tenant, flow)
);

-- How many calls were made to an account of a system, by the server's clock.
create table flow_budget (
  account      text        primary key,
  tenant       text        not null,
  next         bigint      not null default 0,
  paused_until timestamptz,
  told_calls   int,
  told_until   timestamptz
) with (fillfactor = 50);

-- The moments of the latest calls, as many as the limit allows in its time.
create table flow_budget_call (
  account text        not null references flow_budget on delete cascade,
  tenant  text        not null,
  number  bigint      not null,
  at      timestamptz not null,
  primary key (account, number)
);

-- Counts one more call, when it may be made now.
-- Returns 0, or how many microseconds to wait before asking again.
create function flow_budget_take(p_account text, p_tenant text, p_calls int, p_per interval)
returns bigint language plpgsql as $$
declare
  b flow_budget;
  moment timestamptz;
  free timestamptz;
  allowed int;
begin
  select * into b from flow_budget where account = p_account for update;
  if not found then
    insert into flow_budget (account, tenant) values (p_account, p_tenant) on conflict do nothing;
    select * into b from flow_budget where account = p_account for update;
  end if;
  moment := clock_timestamp();
  allowed := p_calls;
  if b.told_until > moment then
    allowed := least(allowed, b.told_calls);
  end if;
  select at + p_per into free from flow_budget_call
  where account = p_account and number = b.next - allowed;
  free := greatest(free, b.paused_until);
  if free > moment then
    return greatest(1, ceil(extract(epoch from free - moment) * 1000000));
  end if;
  insert into flow_budget_call (account, tenant, number, at) values (p_account, p_tenant, b.next, moment);
  update flow_budget set next = next + 1 where account = p_account;
  delete from flow_budget_call where account = p_account and number <= b.next - p_calls;
  return 0;
end $$;

select flow_isolate('flow_run');
select flow_isolate('flow_step');
select flow_isolate('flow_page');
select flow_isolate('flow_record');
select flow_isolate('flow_known');
select flow_isolate('flow_call');
select flow_isolate('flow_exchange');
select flow_isolate('flow_watermark');
select flow_isolate('flow_budget');
select flow_isolate('flow_budget_call');
