-- How old the oldest event was that was not done yet, for a chart: the most that each node saw in each minute.
create table inbox_waiting_age (
  minute       timestamptz not null,
  node         text        not null,
  -- 0: none waited.
  milliseconds bigint      not null check (milliseconds >= 0),
  primary key (minute, node)
);

-- The oldest of what waits is looked for several times a minute.
create index inbox_waiting_since on inbox_waiting (since);
