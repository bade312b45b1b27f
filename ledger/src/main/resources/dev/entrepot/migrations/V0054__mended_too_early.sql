-- Before attempts were told apart, a row was called mended once the row that stands for it waited for
-- approval, and stayed so when that one was declined. Such rows were not mended: they are attempts
-- before the one that counts.
with recursive undone (batch_id, record) as (
  select d.batch_id, d.record
  from dead_letter d
  join dead_letter l on l.batch_id = d.resolved_batch and l.record = d.resolved_record
  where d.state = 'mended' and l.state in ('open', 'dismissed')
  union
  select d.batch_id, d.record
  from undone u
  join dead_letter d on d.resolved_batch = u.batch_id and d.resolved_record = u.record
  where d.state = 'mended')
update dead_letter d set state = 'retried'
from undone u
where d.batch_id = u.batch_id and d.record = u.record;

with recursive attempt (batch_id, record, next_batch, next_record, first_batch, first_record) as (
  select d.batch_id, d.record, d.resolved_batch, d.resolved_record, d.batch_id, d.record
  from dead_letter d
  where d.state = 'retried' and d.first_batch is null and not exists (
    select from dead_letter e
    where e.resolved_batch = d.batch_id and e.resolved_record = d.record and e.state = 'retried')
  union
  select d.batch_id, d.record, d.resolved_batch, d.resolved_record, a.first_batch, a.first_record
  from attempt a
  join dead_letter d on d.batch_id = a.next_batch and d.record = a.next_record)
update dead_letter d set first_batch = a.first_batch, first_record = a.first_record
from attempt a
where d.batch_id = a.batch_id and d.record = a.record and d.first_batch is null;
