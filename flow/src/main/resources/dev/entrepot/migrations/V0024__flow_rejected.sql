-- What a destination did not take when it was sent last. The source does not send it again unless it
-- changes there, so an incremental run takes it up once more from here.
create table flow_rejected (
  tenant      text        collate "C" not null,
  destination text        collate "C" not null,
  key         text        collate "C" not null,
  -- What came of the source; null: it was to be deleted.
  source      json,
  run         uuid        not null,
  record      bigint      not null,
  -- How often it was rejected in a row.
  tries       int         not null default 1,
  -- It is not taken up before.
  due         timestamptz not null,
  primary key (tenant, destination, key)
);
select flow_isolate('flow_rejected');

-- After the source's pages comes what is to be deleted, or what was rejected before.
alter table flow_run drop constraint flow_run_phase_check;
alter table flow_run add constraint flow_run_phase_check
  check (phase in ('extract', 'missing', 'again', 'load'));
