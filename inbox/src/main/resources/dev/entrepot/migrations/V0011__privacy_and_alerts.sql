-- Privacy requests: what is told of a customer comes in parts, since it can be long.
alter table privacy_request
  drop column document,
  -- Whether there is something to download.
  add column documented boolean not null default false,
  -- Why it could not be carried out the last time; null: it could.
  add column problem    text;

-- The parts of a document, one after the other; complete when its request is documented.
create table privacy_document (
  request uuid not null references privacy_request on delete cascade,
  number  int  not null,
  text    text not null,
  primary key (request, number)
);

-- What is done now and then: the last run of each chore, and how much all runs did.
create table inbox_chore (
  name        text        primary key,
  node        text        not null,
  started_at  timestamptz not null,
  finished_at timestamptz not null,
  done        bigint      not null,
  problem     text,
  total       bigint      not null default 0
);

-- Who is told of alerts: of one rule's, or of all of a tenant's.
create table alert_recipient (
  id         uuid        primary key,
  tenant     text        not null,
  rule       uuid        references alert_rule on delete cascade,
  channel    text        not null check (channel in ('mail', 'webhook')),
  address    text        not null,
  -- Sealed (v1:…); signs webhooks.
  secret     text,
  changed_by text        not null,
  changed_at timestamptz not null,
  check ((channel = 'webhook') = (secret is not null)),
  constraint alert_recipient_once unique nulls not distinct (tenant, rule, channel, address)
);

-- Which notice tells whom of which alert; notices are sent by somebody else.
create table alert_notice (
  notice    uuid        primary key,
  alert     uuid        not null references alert on delete cascade,
  -- No reference: a notice outlives its recipient.
  recipient uuid        not null,
  channel   text        not null,
  address   text        not null,
  made_at   timestamptz not null,
  constraint alert_notice_once unique (alert, channel, address)
);
