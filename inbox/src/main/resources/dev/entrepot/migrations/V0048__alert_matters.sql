-- Which things are one matter, such as a payment and its invoice: an event of either may tell of one
-- failure, and not every event names the other.
create table alert_link (
  tenant  text        not null,
  account text        not null,
  subject text        not null,
  other   text        not null,
  at      timestamptz not null,
  primary key (tenant, account, subject, other)
);
create index alert_link_other on alert_link (tenant, account, other);
create index alert_link_at on alert_link (at);
