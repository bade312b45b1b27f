-- A file lies in the folder of the node that took it in: each folder has an id, and the nodes that
-- use it say so now and then.
create table file_node (
  store   uuid        not null,
  node    text        not null,
  seen_at timestamptz not null,
  primary key (store, node)
);
alter table upload add column store uuid;
