-- What waits holds up its key in its own tenant: two tenants may have equal keys. See
-- docs/adr/0016-holds-by-tenant.md.

-- Whose events came by a connection; empty: it is not there (any more).
create function inbox_tenant(connection text) returns text language sql stable as $$
  select coalesce((select c.tenant from inbox_connection c where c.name = $1), '')
$$;

alter table inbox_waiting add column tenant text not null default '';
update inbox_waiting set tenant = inbox_tenant(connection);
-- No tenant has a slash in its name.
alter table inbox_waiting add column hold text not null generated always as (tenant || '/' || key) stored;
drop index inbox_waiting_head;
drop index inbox_waiting_key;
create index inbox_waiting_hold on inbox_waiting (hold, position, id);
-- One event of a tenant's key is due, no more.
create unique index inbox_waiting_head on inbox_waiting (hold) where due_at is not null;

alter table inbox_parked drop constraint inbox_parked_pkey;
alter table inbox_parked add column tenant text not null default '';
-- Those that a dead letter parked are its tenant's; those that a person did, of every tenant that has
-- something of such a key, or of all.
update inbox_parked p set tenant = inbox_tenant(d.connection) from inbox_dead_letter d where d.id = p.letter;
with parked as (
  delete from inbox_parked where letter is null returning *)
insert into inbox_parked (key, lane, by, reason, letter, since, tenant)
select p.key, p.lane, p.by, p.reason, p.letter, p.since, t.tenant
from parked p cross join lateral (
  with own as (
    select w.tenant from inbox_waiting w where w.key = p.key
    union select inbox_tenant(d.connection) from inbox_dead_letter d where d.key = p.key)
  select tenant from own
  union select c.tenant from inbox_connection c where not exists (select from own)
  union select '' where not exists (select from own)
    and not exists (select from inbox_connection)) t;
alter table inbox_parked add column hold text not null generated always as (tenant || '/' || key) stored;
alter table inbox_parked add primary key (key, tenant);
create unique index inbox_parked_hold on inbox_parked (hold);

-- Behind another tenant's event nothing waits any more.
update inbox_waiting w set due_at = clock_timestamp()
where w.due_at is null
  and w.id = (select f.id from inbox_waiting f where f.hold = w.hold order by f.position, f.id limit 1)
  and not exists (select from inbox_parked p where p.hold = w.hold);
update inbox_waiting w set due_at = null
where w.due_at is not null and exists (select from inbox_parked p where p.hold = w.hold);
