-- Alerts that Entrepot itself raises of the same kind for the same tenant are folded into the one
-- that is open: how often it was raised, and when it was last. Its subject and message are the
-- latest ones.
alter table alert add column times int not null default 1 check (times > 0);
alter table alert add column latest_at timestamptz;
create index alert_open_own on alert (tenant, kind, id desc)
  where acknowledged_at is null and position = 0;

-- What each of them is about, so that nothing is counted twice.
create table alert_fold (
  alert   uuid        not null references alert on delete cascade,
  tenant  text        not null,
  kind    text        not null,
  subject text        not null,
  at      timestamptz not null,
  primary key (tenant, kind, subject)
);
create index alert_fold_alert on alert_fold (alert, at);
insert into alert_fold (alert, tenant, kind, subject, at)
  select id, tenant, kind, subject, happened_at from alert where position = 0 on conflict do nothing;
