-- How many of a call's items the destination rejected, also when the call as such was answered well.
alter table flow_call add column rejected int not null default 0;
