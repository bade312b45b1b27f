-- The sheet of a workbook that an upload reads, by its place among the worksheets: of two sheets
-- with the same columns the one that was begun is gone on with. Null: no workbook, not begun, or
-- begun before this was kept; then the sheet is known by its columns.
alter table upload add column sheet integer check (sheet > 0);
