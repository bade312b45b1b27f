-- Whose account of a source a run reads, and a watermark speaks of: a keyed digest of address, settings
-- and credentials. Of another one nothing was read before.
alter table flow_run add column source_account text;
alter table flow_watermark add column source_account text;
