-- Whether people were told of a run's end; its result may still have to be written to disk.
alter table flow_run add column told boolean not null default false;
update flow_run set told = announced where announced;
