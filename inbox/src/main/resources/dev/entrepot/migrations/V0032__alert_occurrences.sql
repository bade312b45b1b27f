-- The id of one failure of what fails repeatedly, such as a billing attempt: two events that tell of
-- the same one count once. Null: it has none.
alter table alert_failure add column occurrence text;
