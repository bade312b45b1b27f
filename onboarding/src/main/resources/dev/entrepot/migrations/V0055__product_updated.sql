-- What changed since a run of a flow is looked for every few minutes. Summaries of pages cost next to
-- nothing while files are loaded, and no update of a product another index entry.
create index product_updated on product using brin (updated_at) with (pages_per_range = 16, autosummarize = on);
