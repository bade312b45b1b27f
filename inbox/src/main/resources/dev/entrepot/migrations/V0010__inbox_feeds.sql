-- How nodes get on with fetching events that wait elsewhere, such as in a queue. Written every few seconds at most.
create table inbox_feed (
  connection    text        not null references inbox_connection on delete cascade,
  node          text        not null,
  -- When the feed last answered, with or without events.
  answered_at   timestamptz,
  -- When an event last came.
  received_at   timestamptz,
  -- What keeps it from fetching; null: nothing.
  problem       text,
  problem_since timestamptz,
  updated_at    timestamptz not null,
  primary key (connection, node),
  check ((problem is null) = (problem_since is null))
);
