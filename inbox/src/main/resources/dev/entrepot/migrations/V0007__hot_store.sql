-- The latest state of the senders' entities. `document` is text, not jsonb: it is kept as the sender
-- wrote it. PostgreSQL's own way of storing was measured as the best: documents of 2 to 4 KB are
-- compressed and stay in their row, an update writes that row and no index (a third of the log and a
-- fifth of the space of any other way, at the same speed). So nothing that changes often is indexed:
-- `received_on` changes once a day, and the rest seldom.
create table hot_entity (
  tenant      text        collate "C" not null,
  type        text        collate "C" not null,
  account     text        collate "C" not null,
  id          text        collate "C" not null,
  at          timestamptz not null,
  deleted     boolean     not null,
  position    bigint      not null,
  received_at timestamptz not null,
  received_on date        not null generated always as ((received_at at time zone 'UTC')::date) stored,
  digest      uuid,
  state       text        collate "C",
  -- NAME=value, separated by U+001F; each is a row of hot_lookup as well.
  lookups     text        not null,
  document    text,
  primary key (tenant, type, account, id),
  check (deleted = (document is null)),
  check (deleted = (digest is null))
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
create index hot_entity_state on hot_entity (tenant, type, state, account, id) where state is not null;
create index hot_entity_received on hot_entity (tenant, type, received_on);
create index hot_entity_deleted on hot_entity (received_on) where deleted;

-- By what else entities are found.
create table hot_lookup (
  tenant  text collate "C" not null,
  name    text collate "C" not null,
  type    text collate "C" not null,
  account text collate "C" not null,
  id      text collate "C" not null,
  primary key (tenant, name, type, account, id)
);

-- Checkouts that became orders, by the id or token that the order gives for them. Apart from the
-- checkouts, so that it does not matter which is known first.
create table hot_completion (
  tenant      text        collate "C" not null,
  account     text        collate "C" not null,
  checkout    text        collate "C" not null,
  order_id    text        not null,
  at          timestamptz not null,
  position    bigint      not null,
  received_on date        not null,
  primary key (tenant, account, checkout)
);
create index hot_completion_received on hot_completion (received_on);

-- How long entities stay, where a tenant wants it otherwise than usual. No days: for ever.
create table hot_time_to_live (
  tenant text collate "C" not null,
  type   text collate "C" not null,
  days   int  check (days > 0),
  primary key (tenant, type)
);

create table alert_rule (
  id           uuid        primary key,
  tenant       text        not null,
  name         text        not null,
  kind         text        not null,
  times        int         check (times > 0),
  within_days  int         check (within_days > 0),
  amount       numeric     check (amount > 0),
  currency     text,
  active       boolean     not null,
  revision     int         not null default 1,
  changed_by   text        not null,
  changed_at   timestamptz not null
);
create index alert_rule_tenant on alert_rule (tenant);

create table alert (
  id              uuid        primary key,
  tenant          text        not null,
  -- No reference: an alert outlives its rule.
  rule            uuid        not null,
  kind            text        not null,
  -- Of the event, and which of its incidents.
  position        bigint      not null,
  number          int         not null,
  connection      text        not null,
  account         text        not null,
  subject         text        not null,
  -- 0: not said.
  attempt         int         not null,
  customer        text,
  amount          numeric,
  currency        text,
  reason          text,
  message         text        not null,
  happened_at     timestamptz not null,
  raised_at       timestamptz not null,
  acknowledged_by text,
  acknowledged_at timestamptz,
  note            text,
  unique (position, number, rule)
);
create index alert_tenant on alert (tenant, id desc);
create index alert_open on alert (tenant, id desc) where acknowledged_at is null;
create index alert_subject on alert (tenant, account, subject);

-- Failures that are counted until they are too many.
create table alert_failure (
  tenant   text        not null,
  account  text        not null,
  subject  text        not null,
  position bigint      not null,
  number   int         not null,
  attempt  int         not null,
  at       timestamptz not null,
  primary key (tenant, account, subject, position, number)
);
create index alert_failure_at on alert_failure (at);

create table privacy_request (
  id             uuid        primary key,
  tenant         text        not null,
  connection     text        not null,
  account        text        not null,
  kind           text        not null check (kind in ('customer-data', 'customer-redact', 'account-redact')),
  position       bigint      not null,
  number         int         not null,
  customer       text,
  email          text,
  orders         text[]      not null,
  request        text,
  received_at    timestamptz not null,
  due_at         timestamptz not null,
  state          text        not null default 'open' check (state in ('open', 'done')),
  -- How far it is: the part under way, and its place there.
  part           int         not null default 0,
  place          bigint      not null default 0,
  -- What was erased, in numbers by part.
  counts         jsonb       not null default '{}',
  -- What is told of a customer; removed when it is not needed any more.
  document       text,
  done_by        text,
  done_at        timestamptz,
  unique (position, number)
);
create index privacy_request_tenant on privacy_request (tenant, id desc);
create index privacy_request_open on privacy_request (id) where state = 'open';
create index privacy_request_customer on privacy_request (tenant, account, customer);
