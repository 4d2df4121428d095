-- The past that no longer changes, packed: all changes of a product in 16 days of its marketplace's calendar in one
-- value (`stretch` is day / 16). A change stands here or in stock_changes, where the days of now are written. What is
-- left of a past that was let go, the last change of each place, stands in the first stretch that is kept.
create table stock_past (
  tenant_id uuid not null,
  product_id uuid not null,
  stretch bigint not null,
  changes bytea not null,
  primary key (tenant_id, product_id, stretch),
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);

alter table stock_past enable row level security;
alter table stock_past force row level security;
create policy tenant_rows on stock_past to stock_tracker_tenant
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy system_rows on stock_past to stock_tracker_system using (true) with check (true);
grant select, insert, update, delete on stock_past to stock_tracker_tenant, stock_tracker_system;
