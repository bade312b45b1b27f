-- Whether an event is a sample that an operator had sent: it reaches no handler.
alter table inbox_event add column test boolean not null default false;
