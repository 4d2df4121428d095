-- The same as on PostgreSQL.

create index audit_log_action on audit_log (tenant_id, action, seq);

alter table products add column cost_minor integer;
alter table products add column frozen_minor integer;
alter table products add column missed_minor integer;
alter table products add column demand text;
create index products_frozen on products (tenant_id, frozen_minor, id) where frozen_minor > 0;
create index products_ran_out on products (tenant_id, id) where total_stock <= 0 and stock_yesterday > 0;
create index products_came_back on products (tenant_id, id) where total_stock > 0 and stock_yesterday <= 0;

alter table shop_measures add column since text;
alter table shop_measures add column frozen_minor integer not null default 0;
alter table shop_measures add column frozen_at_price integer not null default 0;
alter table shop_measures add column missed_minor integer not null default 0;
alter table shop_measures add column missed_at_price integer not null default 0;
alter table shop_measures add column repriced integer not null default 0;

alter table shop_days add column returned integer;

create index price_changes_when on price_changes (tenant_id, valid_from, product_id);
create index daily_sales_returned on daily_sales (tenant_id, day, product_id) where returned > 0;

create table mornings (
  tenant_id blob not null references tenants (id) on delete cascade,
  day integer not null,
  measured_at text not null,
  body text not null,
  primary key (tenant_id, day)
) strict;

create table warehouse_days (
  tenant_id blob not null,
  warehouse_id blob not null,
  day integer not null,
  measured_at text not null,
  stock integer not null,
  products integer not null,
  out_products integer not null,
  orders_28 integer,
  primary key (tenant_id, day, warehouse_id),
  foreign key (tenant_id, warehouse_id) references warehouses (tenant_id, id) on delete cascade
) strict;
create index warehouse_days_warehouse on warehouse_days (tenant_id, warehouse_id);
