-- In which order files came: told by the database, so that clocks of nodes that differ never let a
-- vendor's later file be read first.
create sequence upload_number;
alter table upload add column number bigint;
update upload u set number = o.place
from (select id, nextval('upload_number') as place from (select id from upload order by id) ids) o
where o.id = u.id;
alter table upload alter column number set default nextval('upload_number');
alter table upload alter column number set not null;
alter sequence upload_number owned by upload.number;
