-- Which upload, received later than the row's own, brought the row's product while the row waited:
-- the row is older than what the catalogue holds, and is approved only by whoever wants just that.
alter table proposal add column newer uuid;
