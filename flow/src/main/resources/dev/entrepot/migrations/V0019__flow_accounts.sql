-- Whose account at a destination it is that flow_known speaks of: a keyed digest of address, settings
-- and credentials. Another one, and nothing is known any more.
create table flow_account (
  tenant      text        collate "C" not null,
  destination text        collate "C" not null,
  account     text        not null,
  -- Runs that began before wrote to another account.
  since       timestamptz not null default '-infinity',
  primary key (tenant, destination)
);
select flow_isolate('flow_account');
