-- Who wrote a rule, and so who may change it.
alter table vendor_rule
  add column author text not null default 'operator' check (author in ('operator', 'supplier'));
