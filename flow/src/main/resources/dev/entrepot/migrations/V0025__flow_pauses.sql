-- How long a run paused, which does not count as its duration, and whether people were told that it
-- takes long.
alter table flow_run
  add column paused_at    timestamptz,
  add column paused_for   interval not null default '0',
  add column late_told_at timestamptz;
update flow_run set paused_at = clock_timestamp() where state = 'paused';

create function flow_run_paused() returns trigger language plpgsql as $$
begin
  if new.state = 'paused' then
    new.paused_at := clock_timestamp();
    new.late_told_at := null;
  elsif old.state = 'paused' then
    new.paused_for := new.paused_for + (clock_timestamp() - coalesce(new.paused_at, clock_timestamp()));
    new.paused_at := null;
    new.late_told_at := null;
  end if;
  return new;
end $$;

create trigger flow_run_pauses before update on flow_run for each row
when (old.state is distinct from new.state and 'paused' in (old.state, new.state))
execute function flow_run_paused();
