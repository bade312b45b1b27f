create table account (
  id              uuid        primary key,
  email           text        not null,
  name            text        not null,
  role            text        not null check (role in ('admin', 'operator', 'viewer', 'supplier')),
  vendor          text        references vendor,
  password_hash   text        not null,
  active          boolean     not null default true,
  failed_attempts int         not null default 0,
  locked_until    timestamptz,
  created_at      timestamptz not null default now(),
  last_sign_in_at timestamptz,
  version         int         not null default 1,
  constraint account_supplier_has_vendor check ((role = 'supplier') = (vendor is not null))
);
create unique index account_email on account (lower(email));

create table session (
  token_hash   bytea       primary key,
  account_id   uuid        not null references account on delete cascade,
  csrf_token   text        not null,
  created_at   timestamptz not null default now(),
  seen_at      timestamptz not null default now(),
  expires_at   timestamptz not null,
  address      text        not null,
  agent        text        not null
);
create index session_account on session (account_id);

create table api_key (
  id           text        primary key,
  secret_hash  bytea       not null,
  name         text        not null,
  role         text        not null check (role in ('admin', 'operator', 'viewer', 'supplier')),
  vendor       text        references vendor,
  created_by   text        not null,
  created_at   timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at   timestamptz,
  revoked_at   timestamptz,
  constraint api_key_supplier_has_vendor check ((role = 'supplier') = (vendor is not null))
);

create table idempotency (
  principal    text        not null,
  key          text        not null,
  fingerprint  bytea       not null,
  status       int,
  content_type text,
  location     text,
  body         text,
  created_at   timestamptz not null default now(),
  primary key (principal, key)
);
create index idempotency_created on idempotency (created_at);

-- Values the program makes for itself once, such as the key that signs links.
create table installation (
  name  text  primary key,
  value bytea not null
);
