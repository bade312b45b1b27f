-- Grows whenever a person has deliveries that wait tried at once: what a receiver asked for before, to be
-- left alone for a while, does not hold any more.
alter table destination add column hastened bigint not null default 0;

-- What waits of a connection that is given to another tenant is looked for while all lanes stand still.
create index inbox_waiting_connection on inbox_waiting (connection);
