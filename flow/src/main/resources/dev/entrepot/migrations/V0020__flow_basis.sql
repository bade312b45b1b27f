-- The revision of a client's mapping, and how often the client got another mapping, source or
-- destination before, were one number: the latter by 100,000.
alter table flow_run add column switches int;
update flow_run
set switches = mapping_revision / 100000, mapping_revision = mapping_revision % 100000
where mapping_revision is not null;

alter table flow_watermark add column switches int not null default 0;
update flow_watermark
set switches = mapping_revision / 100000, mapping_revision = mapping_revision % 100000
where mapping_revision >= 100000;
alter table flow_watermark alter column switches drop default;
