-- Of an event and a handler one dead letter is open, no more: what fails once more in a replay is added
-- to it. The replay's record stays rejected until the letter comes to its end, and ends as it does.
create table inbox_letter_record (
  letter bigint not null references inbox_dead_letter on delete cascade,
  replay uuid   not null,
  record bigint not null,
  primary key (replay, record)
);
create index inbox_letter_record_letter on inbox_letter_record (letter);

-- Events that fit what a replay asked for, but somebody had skipped: they are left out unless asked for.
alter table inbox_replay add column left_out bigint not null default 0;
