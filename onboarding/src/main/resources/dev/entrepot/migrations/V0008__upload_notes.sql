-- What a person should look at about how a file was read, for example a guessed column.
alter table upload add column notes text[] not null default '{}';
