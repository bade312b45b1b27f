create table lease (
  name text primary key,
  holder text not null,
  token bigint not null,
  until timestamptz not null,
  -- Makes the token part of a key: a row lock FOR KEY SHARE keeps the token, yet lets `until` move.
  constraint lease_name_token_key unique (name, token)
);

comment on table lease is 'Who may do what until when. Rows are never deleted: tokens only grow.';
