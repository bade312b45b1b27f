-- What an event was handed on as last, where a person had mended what it is about: it is found by
-- that, too. Null: as it came. Topic and key stay as they came, and so does where it waits.
alter table inbox_event
  add column handed_topic text,
  add column handed_key   text,
  -- Of handed_key, as key_hash is of key.
  add column handed_hash  bigint,
  -- No row has them yet: there is nothing to look through.
  add constraint inbox_event_handed check (
    (handed_topic is null) = (handed_key is null) and (handed_key is null) = (handed_hash is null))
    not valid;
-- Few are.
create index inbox_event_handed on inbox_event (handed_hash) where handed_hash is not null;

-- Keys that a dead letter parked.
update inbox_parked set by = 'system:inbox' where by = 'system:lanes';
