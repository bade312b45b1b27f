-- The few changes that gave a product another key: a trace of the former key leads to the product.
create index product_change_of_key on product_change using gin (changes jsonb_path_ops)
  where changes @> '[{"field": "sku"}]' or changes @> '[{"field": "vendor_product_id"}]';
