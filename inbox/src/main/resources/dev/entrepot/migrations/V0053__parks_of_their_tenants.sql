-- A program of before V0049, of a node that was not stopped for it, names no tenant: what it writes
-- would hold up nobody's key. Without a default it is refused.
alter table inbox_waiting alter column tenant drop default;
alter table inbox_parked alter column tenant drop default;

-- V0049 gave keys that a person had parked to every tenant when nothing waited, or to one that had no
-- more than an old dead letter. They are those tenants' that have events of the key; where nobody has
-- any, they stay. What was parked since says whose it is.
-- The hash is that of dev.entrepot.inbox.log.Digests: of UTF-16.
with before as (
  select p.*, (
      select ('x' || encode(substring(sha256(string_agg(
          case when c.code < 65536 then substring(int4send(c.code) from 3)
            else substring(int4send(55296 + ((c.code - 65536) >> 10)) from 3)
              || substring(int4send(56320 + ((c.code - 65536) & 1023)) from 3) end,
          ''::bytea order by c.place)) for 8), 'hex'))::bit(64)::bigint
      from (
        select ascii(one) as code, place
        from regexp_split_to_table(p.key, '') with ordinality as s (one, place)) c) as hash
  from inbox_parked p
  where p.letter is null and p.since < coalesce(
    (select h.installed_on::timestamptz from flyway_schema_history h where ltrim(h.version, '0') = '49'),
    'infinity')),
own as (
  select k.key, t.tenant
  from (select distinct key, hash from before) k cross join lateral (
    select inbox_tenant(e.connection) as tenant from (
      select distinct connection from inbox_event where key_hash = k.hash and key = k.key) e
    union select w.tenant from inbox_waiting w where w.key = k.key) t),
gone as (
  delete from inbox_parked p using before b
  where p.key = b.key and p.tenant = b.tenant
    and p.key in (select o.key from own o)
    and not exists (select from own o where o.key = p.key and o.tenant = p.tenant)
  returning p.*)
insert into inbox_parked (tenant, key, lane, by, reason, since)
select distinct on (g.key, o.tenant) o.tenant, g.key, g.lane, g.by, g.reason, g.since
from gone g join own o on o.key = g.key
-- One that was released since stays so.
where not exists (select from before b join own o on o.key = b.key and o.tenant = b.tenant where b.key = g.key)
on conflict (key, tenant) do nothing;

update inbox_waiting w set due_at = null
where w.due_at is not null and exists (select from inbox_parked p where p.hold = w.hold);
