-- Repeated deliveries are listed in the order in which they came, like events.
create index inbox_duplicate_position on inbox_duplicate (position);
