-- Uploads of the same bytes are looked for with every mended row, and when a file is run again.
create index upload_content on upload (vendor, content_hash);

-- Notices that are over are forgotten by their age.
create index notice_over on notice (created_at) where state <> 'queued';
