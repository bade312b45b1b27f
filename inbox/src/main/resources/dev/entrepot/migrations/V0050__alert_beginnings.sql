-- Tenants that were given the usual alert rules, so that they do not come back to who removed them.
create table alert_beginning (
  tenant text        primary key,
  at     timestamptz not null
);
insert into alert_beginning (tenant, at)
select tenant, clock_timestamp() from inbox_connection
union select tenant, clock_timestamp() from alert
on conflict (tenant) do nothing;
