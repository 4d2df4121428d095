-- Sums over the listed products of each account, so that a list does not add up a million rows each time.
-- counted_at is null while they are out of date: from any change of the products until they are counted anew.
create table catalogue_totals (
  tenant_id uuid not null,
  account_id uuid not null,
  counted_at timestamptz,
  products bigint not null,
  total_stock bigint,
  in_way_to_client bigint,
  in_way_from_client bigint,
  orders_7 bigint,
  orders_28 bigint,
  primary key (tenant_id, account_id),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
);

alter table catalogue_totals enable row level security;
alter table catalogue_totals force row level security;
create policy tenant_rows on catalogue_totals to stock_tracker_tenant
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy system_rows on catalogue_totals to stock_tracker_system using (true) with check (true);
grant select, insert, update, delete on catalogue_totals to stock_tracker_tenant, stock_tracker_system;
