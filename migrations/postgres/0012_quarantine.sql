-- Rows of a marketplace's answers that could not be read, as they came but without secrets and cut to a size, for the
-- operator. The same row seen again is counted, not kept twice.
create table quarantine (
  tenant_id uuid not null,
  account_id uuid not null,
  step text not null,
  fingerprint text not null,
  operation text not null,
  problem text not null,
  raw text not null,
  times bigint not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (tenant_id, account_id, step, fingerprint),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
);
create index quarantine_last_seen on quarantine (last_seen_at);

-- How many rows of a step were set aside.
alter table sync_steps add column quarantined bigint not null default 0;

alter table quarantine enable row level security;
alter table quarantine force row level security;
create policy tenant_rows on quarantine to stock_tracker_tenant
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy system_rows on quarantine to stock_tracker_system using (true) with check (true);
grant select, insert, update, delete on quarantine to stock_tracker_tenant, stock_tracker_system;
