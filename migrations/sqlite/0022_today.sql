-- The same as on PostgreSQL.

alter table products add column price_minor integer;
alter table products add column revenue_28 integer;
alter table products add column velocity_thousandths integer;
alter table products add column stock_yesterday integer;
alter table products add column lost_units_28 integer;
alter table products add column lost_minor_28 integer;
alter table products add column at_risk_units integer;
alter table products add column at_risk_minor integer;
alter table products add column order_units integer;
alter table products add column order_minor integer;
alter table products add column dead_units integer;
alter table products add column dead_minor integer;
alter table products add column abc text;
alter table products add column xyz text;

-- The first rows of each card, by money.
create index products_at_risk on products (tenant_id, at_risk_minor, id) where at_risk_minor > 0;
create index products_to_order on products (tenant_id, order_minor, id) where order_minor > 0;
create index products_dead on products (tenant_id, dead_minor, id) where dead_minor > 0;
-- The list by revenue, and its classes.
create index products_revenue on products (tenant_id, revenue_28, id) where archived_at is null;

-- The company's rules of orders.
alter table tenants add column lead_days integer not null default 14;
alter table tenants add column review_days integer not null default 7;
alter table tenants add column buffer_days integer not null default 7;

-- The sums of a shop's listed products. Unpriced: products without an order yet, which no money speaks of.
create table shop_measures (
  tenant_id blob not null,
  account_id blob not null,
  measured_at text not null,
  products integer not null,
  unknown integer not null,
  at_risk_products integer not null,
  at_risk_units integer not null,
  at_risk_minor integer not null,
  at_risk_unpriced integer not null,
  order_products integer not null,
  order_units integer not null,
  order_minor integer not null,
  order_unpriced integer not null,
  dead_products integer not null,
  dead_units integer not null,
  dead_minor integer not null,
  dead_unpriced integer not null,
  lost_products integer not null,
  lost_units integer not null,
  lost_minor integer not null,
  lost_unpriced integer not null,
  ran_out integer not null,
  came_back integer not null,
  new_products integer not null,
  archived_products integer not null,
  stock_change integer,
  primary key (tenant_id, account_id),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
) strict;

-- The whole shop day by day, as far back as 400 days; today is not over and not here.
create table shop_days (
  tenant_id blob not null,
  account_id blob not null,
  day integer not null,
  ordered integer not null,
  cancelled integer not null,
  revenue_minor integer not null,
  stock integer,
  primary key (tenant_id, account_id, day),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
) strict;

-- How many products are in each pair of classes; '' is a class that is not known.
create table class_measures (
  tenant_id blob not null,
  account_id blob not null,
  abc text not null,
  xyz text not null,
  products integer not null,
  revenue_minor integer not null,
  primary key (tenant_id, account_id, abc, xyz),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
) strict;

create table warehouse_measures (
  tenant_id blob not null,
  warehouse_id blob not null,
  stock integer not null,
  products integer not null,
  out_products integer not null,
  orders_28 integer,
  primary key (tenant_id, warehouse_id),
  foreign key (tenant_id, warehouse_id) references warehouses (tenant_id, id) on delete cascade
) strict;
