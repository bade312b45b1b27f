-- Clients (tenants), their secrets, mappings and schedules.

-- Work for one tenant runs as this role. It cannot sign in, and sees rows of the tenant that the
-- setting entrepot.tenant names, and nothing else.
do $$
begin
  begin
    if not exists (select from pg_roles where rolname = 'entrepot_tenant') then
      create role entrepot_tenant nologin;
    end if;
  exception
    when duplicate_object or unique_violation then
      null; -- Somebody else made it at the same time: roles belong to the whole server.
    when insufficient_privilege then
      null; -- Told below.
  end;
  begin
    if exists (select from pg_roles where rolname = 'entrepot_tenant')
       and not pg_has_role(current_user, 'entrepot_tenant', 'member') then
      execute format('grant entrepot_tenant to %I', current_user);
    end if;
  exception
    when insufficient_privilege then
      null; -- Told below.
  end;
  if not exists (select from pg_roles where rolname = 'entrepot_tenant') then
    raise warning 'user % may not create the role entrepot_tenant: tenants are kept apart by row-level security alone; to keep them apart by a role of its own, let an administrator run: create role entrepot_tenant nologin; grant entrepot_tenant to %; and then: select flow_grant()',
      current_user, quote_ident(current_user);
  elsif not pg_has_role(current_user, 'entrepot_tenant', 'member') then
    raise warning 'user % may not act as the role entrepot_tenant: tenants are kept apart by row-level security alone; let an administrator run: grant entrepot_tenant to %',
      current_user, quote_ident(current_user);
  end if;
end
$$;

-- Whether a row may be seen: of the tenant that is named, or any when none is named and it is not
-- the tenants' role that looks. Owners are bound by it too.
create function flow_visible(row_tenant text) returns boolean
language sql stable
return row_tenant = current_setting('entrepot.tenant', true)
  or (coalesce(current_setting('entrepot.tenant', true), '') = ''
      and current_user <> 'entrepot_tenant');

-- Lets the tenants' role use all tables that are isolated. Again after the role was made later.
create function flow_grant() returns void
language plpgsql as $$
declare
  isolated regclass;
begin
  if not exists (select from pg_roles where rolname = 'entrepot_tenant') then
    return;
  end if;
  execute format('grant usage on schema %I to entrepot_tenant', current_schema());
  for isolated in
    select c.oid::regclass from pg_class c join pg_policy p on p.polrelid = c.oid
    where p.polname = 'tenant_only'
  loop
    execute format('grant select, insert, update, delete on %s to entrepot_tenant', isolated);
  end loop;
end
$$;

-- Keeps the tenants of a table with a column tenant apart.
create function flow_isolate(target regclass) returns void
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy tenant_only on %s using (flow_visible(tenant)) with check (flow_visible(tenant))',
    target);
  perform flow_grant();
end
$$;

create table flow_client (
  tenant text primary key,
  name text not null,
  enabled boolean not null,
  product_type text not null,
  mapping text not null,
  config json not null,
  revision bigint not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  updated_by text not null,
  -- What the client's own records said when they were imported.
  imported_sync_at timestamptz,
  imported_sync_status text,
  imported_sync_records bigint
);

create index flow_client_product_type on flow_client (product_type, tenant);

-- What a client was like at each revision; no config: it was removed.
create table flow_client_revision (
  tenant text not null,
  revision bigint not null,
  config json,
  actor text not null,
  at timestamptz not null,
  primary key (tenant, revision)
);

-- Values are sealed, or refer to where they are kept outside (env:, file:).
create table flow_secret (
  tenant text not null,
  system text not null,
  value text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (tenant, system)
);

-- Mappings belong to all tenants.
create table flow_mapping (
  name text primary key,
  product_type text not null,
  document json not null,
  revision bigint not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  updated_by text not null
);

create table flow_mapping_revision (
  name text not null,
  revision bigint not null,
  document json,
  actor text not null,
  at timestamptz not null,
  primary key (name, revision)
);

create table flow_schedule (
  tenant text primary key references flow_client on delete cascade,
  expression text not null,
  zone text not null,
  catch_up text not null,
  active boolean not null,
  -- From which rates are counted.
  anchor timestamptz not null,
  -- Null: never again.
  next_at timestamptz,
  last_at timestamptz
);

create index flow_schedule_due on flow_schedule (next_at) where active;

select flow_isolate('flow_client');
select flow_isolate('flow_client_revision');
select flow_isolate('flow_secret');
select flow_isolate('flow_schedule');
