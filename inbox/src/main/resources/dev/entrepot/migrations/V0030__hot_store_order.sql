-- What decides between states of one entity with the same time: when the sender began to tell of the
-- state (null: it does not say), and how far the entity had come in its life by then.
alter table hot_entity
  add column triggered_at timestamptz,
  add column progress     bigint not null default 0;
