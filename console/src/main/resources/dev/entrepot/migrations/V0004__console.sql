create table account (
  id                  uuid        primary key,
  email               text        not null,
  name                text        not null,
  role                text        not null check (role in ('admin', 'operator', 'viewer', 'supplier')),
  vendor              text        references vendor,
  password_hash       text        not null,
  password_changed_at timestamptz not null,
  active              boolean     not null default true,
  failed_attempts     int         not null default 0,
  locked_until        timestamptz,
  created_at          timestamptz not null,
  last_sign_in_at     timestamptz,
  version             int         not null default 1,
  constraint account_supplier_has_vendor check ((role = 'supplier') = (vendor is not null))
);
create unique index account_email on account (lower(email));

-- Only the hash of the token is kept: who reads the table cannot sign in with it.
create table session (
  id         uuid        primary key,
  token_hash bytea       not null unique,
  account_id uuid        not null references account on delete cascade,
  csrf_token text        not null,
  created_at timestamptz not null,
  seen_at    timestamptz not null,
  expires_at timestamptz not null,
  address    text        not null,
  agent      text        not null
);
create index session_account on session (account_id);

create table api_key (
  id           text        primary key,
  secret_hash  bytea       not null,
  name         text        not null,
  role         text        not null check (role in ('admin', 'operator', 'viewer', 'supplier')),
  vendor       text        references vendor,
  created_by   text        not null,
  created_at   timestamptz not null,
  last_used_at timestamptz,
  expires_at   timestamptz,
  revoked_at   timestamptz,
  constraint api_key_supplier_has_vendor check ((role = 'supplier') = (vendor is not null))
);

-- Answers kept for requests with an Idempotency-Key. The key is kept as its hash and the answer is
-- encrypted with the key itself: some answers hold secrets that are shown once.
create table idempotency (
  principal   text        not null,
  key_hash    bytea       not null,
  claim       uuid        not null,
  fingerprint text,
  answer      bytea,
  created_at  timestamptz not null,
  primary key (principal, key_hash)
);
create index idempotency_created on idempotency (created_at);

-- Values the program makes for itself once, such as the key that signs links.
create table installation (
  name  text  primary key,
  value bytea not null
);
