-- What became of events after they were first handed on, in the order in which it happened. When an
-- event got its first outcome stands in inbox_chunk; this says when it got a later one.
create sequence inbox_history_number as bigint;
create table inbox_history (
  position bigint      not null,
  number   bigint      not null default nextval('inbox_history_number'),
  at       timestamptz not null default clock_timestamp(),
  what     text        not null check (what in
    ('handled', 'given-up', 'retried', 'edited', 'skipped', 'released', 'replayed')),
  -- Who did it; null: the lanes.
  by       text,
  -- Of what was handled; see dev.entrepot.model.Outcome.
  outcome  text,
  -- Since when it had waited; null: it had not.
  since    timestamptz,
  replay   uuid,
  letter   bigint,
  attempts int,
  -- What each handler did with what was handled.
  handlers jsonb,
  -- Who failed, and how.
  handler  text,
  code     text,
  reason   text,
  note     text
) partition by range (position);
create index inbox_history_position on inbox_history (position);
select inbox_add_sliced('inbox_history', 'position', 1);

-- As far as dead letters tell what happened before.
insert into inbox_history (position, at, what, replay, letter, attempts, handler, code, reason)
select position, died_at, 'given-up', replay, id, attempts, handler, code, reason
from inbox_dead_letter where position >> 40 in (select slice from inbox_slice) order by id;
insert into inbox_history (position, at, what, by, replay, letter, note)
select position, at,
  case state when 'skipped' then 'skipped' when 'resolved' then 'handled' else 'retried' end,
  case when state <> 'resolved' then by end, replay, id, note
from inbox_dead_letter
where at is not null and position >> 40 in (select slice from inbox_slice) order by id;

-- A connection that was removed remains as long as its events, which are read by its kind and
-- settings; its secrets are gone. Null: it was not removed.
alter table inbox_connection
  add column removed_at    timestamptz,
  -- The slice that was written to then.
  add column removed_slice int,
  add constraint inbox_connection_removed check ((removed_at is null) = (removed_slice is null));
