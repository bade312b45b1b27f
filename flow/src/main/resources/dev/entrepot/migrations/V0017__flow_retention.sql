-- What runs did with each record is kept for a time; their books stay.

-- Since when a run's pages and records are no longer kept; null: they are.
alter table flow_run add column forgotten_at timestamptz;
create index flow_run_kept on flow_run (ended_at) where forgotten_at is null;
