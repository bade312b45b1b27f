-- Keys come with records, so they may be of any length; an entry of an index may not (about 2,700
-- bytes). The beginning leads to the few that are compared whole.
drop index dead_letter_key;
drop index dead_letter_second_key;
create index dead_letter_key on dead_letter (left(key, 200)) where key is not null;
create index dead_letter_second_key on dead_letter (left(second_key, 200)) where second_key is not null;
