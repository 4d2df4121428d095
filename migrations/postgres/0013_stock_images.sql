-- The levels that a source's last snapshot told, packed in the order of the sizes' numbers, some thousands a row: what
-- the next snapshot is compared with, so that a million levels that stayed cost no look at a million rows. Written
-- together with the levels that it holds; without any, they are made from the levels.
create table stock_images (
  tenant_id uuid not null,
  account_id uuid not null,
  source text not null check (source in ('marketplace', 'seller')),
  first_number bigint not null,
  image bytea not null,
  primary key (tenant_id, account_id, source, first_number),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
);

alter table stock_images enable row level security;
alter table stock_images force row level security;
create policy tenant_rows on stock_images to stock_tracker_tenant
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy system_rows on stock_images to stock_tracker_system using (true) with check (true);
grant select, insert, update, delete on stock_images to stock_tracker_tenant, stock_tracker_system;
