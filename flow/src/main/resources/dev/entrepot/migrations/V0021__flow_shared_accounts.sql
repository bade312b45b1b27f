-- Whose account at a destination a client's credentials opened when they were read last: a keyed
-- digest of address and secrets, the same for all clients that use the account.
create table flow_shared_account (
  tenant      text        primary key,
  destination text        not null,
  digest      text        not null,
  at          timestamptz not null default clock_timestamp()
);
create index flow_shared_account_digest on flow_shared_account (digest);
select flow_isolate('flow_shared_account');
