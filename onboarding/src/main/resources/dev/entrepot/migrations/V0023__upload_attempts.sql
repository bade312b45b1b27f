-- How often in a row the reading of an upload began without settling a chunk. It survives the
-- program, so that a file which ends the program each time is given up at last.
alter table upload add column attempts int not null default 0;
