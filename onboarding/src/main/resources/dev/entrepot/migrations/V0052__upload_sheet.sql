-- The sheet of a workbook that an upload reads, by its place among the worksheets: of two sheets
-- with the same columns the one that was begun is gone on with. Null: no workbook, not begun, or
-- begun before this was kept; then the sheet is known by its columns.
alter table upload add column sheet integer check (sheet > 0);

-- Rows that were sent again mended, and rejected again, are called as in the file in which they were
-- rejected first, as those that come from now on.
update dead_letter again
set line = first.line
from (
  select distinct on (resolved_batch, resolved_record) resolved_batch, resolved_record, line
  from dead_letter where state = 'retried' and resolved_record is not null
  order by resolved_batch, resolved_record, batch_id
) first
where again.batch_id = first.resolved_batch and again.record = first.resolved_record
  and again.line <> first.line;
