-- Which rows of its parent an upload of mended rows has again: while it is not decided, nobody sends
-- them once more.
alter table upload add column mended bigint[];

-- What waits for a mend or a decision is counted on many pages, and is little beside all there is.
create index dead_letter_open on dead_letter (batch_id) where state = 'open';
create index batch_pending on batch (id) where pending > 0;
