-- A rejected record may be tried again, and be rejected again: the latest attempt counts, those
-- before are 'retried' and say which it is. All attempts of a record name the first one.
alter table dead_letter add column first_batch uuid;
alter table dead_letter add column first_record bigint;
alter table dead_letter drop constraint dead_letter_state_check;
alter table dead_letter add constraint dead_letter_state_check
  check (state in ('open', 'retried', 'mended', 'dismissed'));
create index dead_letter_first on dead_letter (first_batch, first_record)
  where first_batch is not null;
create index dead_letter_resolved on dead_letter (resolved_batch, resolved_record)
  where resolved_batch is not null;
