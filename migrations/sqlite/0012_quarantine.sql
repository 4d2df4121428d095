-- Rows of a marketplace's answers that could not be read, as they came but without secrets and cut to a size, for the
-- operator. The same row seen again is counted, not kept twice.
create table quarantine (
  tenant_id blob not null,
  account_id blob not null,
  step text not null,
  fingerprint text not null,
  operation text not null,
  problem text not null,
  raw text not null,
  times integer not null,
  first_seen_at text not null,
  last_seen_at text not null,
  primary key (tenant_id, account_id, step, fingerprint),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
) strict;
create index quarantine_last_seen on quarantine (last_seen_at);

-- How many rows of a step were set aside.
alter table sync_steps add column quarantined integer not null default 0;
