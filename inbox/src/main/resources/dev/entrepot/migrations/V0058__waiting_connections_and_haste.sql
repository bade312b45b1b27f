-- Grows whenever a person has deliveries that wait tried at once: what a receiver asked for before, to be
-- left alone for a while, does not hold any more.
alter table destination add column hastened bigint not null default 0;
