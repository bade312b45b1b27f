-- What changed since a run of a flow is looked for every few minutes. Summaries of pages cost next to
-- nothing while files are loaded. Before PostgreSQL 16 they would make every update of a product an
-- entry in all of its indexes: there the whole table is read instead.
do $$
begin
  if current_setting('server_version_num')::int >= 160000 then
    create index product_updated on product using brin (updated_at)
      with (pages_per_range = 16, autosummarize = on);
  end if;
end
$$;
