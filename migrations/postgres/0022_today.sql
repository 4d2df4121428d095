-- What a morning asks of each product and of the whole shop, computed at the end of a synchronisation like the other
-- measures: a page reads a few rows and no list computes. Null is what is not known. Money is at selling prices.

alter table products add column price_minor bigint;
alter table products add column revenue_28 bigint;
alter table products add column velocity_thousandths bigint;
alter table products add column stock_yesterday bigint;
alter table products add column lost_units_28 bigint;
alter table products add column lost_minor_28 bigint;
alter table products add column at_risk_units bigint;
alter table products add column at_risk_minor bigint;
alter table products add column order_units bigint;
alter table products add column order_minor bigint;
alter table products add column dead_units bigint;
alter table products add column dead_minor bigint;
alter table products add column abc text collate "C";
alter table products add column xyz text collate "C";

-- The first rows of each card, by money.
create index products_at_risk on products (tenant_id, at_risk_minor, id) where at_risk_minor > 0;
create index products_to_order on products (tenant_id, order_minor, id) where order_minor > 0;
create index products_dead on products (tenant_id, dead_minor, id) where dead_minor > 0;
-- The list by revenue, and its classes.
create index products_revenue on products (tenant_id, revenue_28, id) where archived_at is null;

-- The company's rules of orders.
alter table tenants add column lead_days bigint not null default 14;
alter table tenants add column review_days bigint not null default 7;
alter table tenants add column buffer_days bigint not null default 7;

-- The sums of a shop's listed products. Unpriced: products without an order yet, which no money speaks of.
create table shop_measures (
  tenant_id uuid not null,
  account_id uuid not null,
  measured_at timestamptz not null,
  products bigint not null,
  unknown bigint not null,
  at_risk_products bigint not null,
  at_risk_units bigint not null,
  at_risk_minor bigint not null,
  at_risk_unpriced bigint not null,
  order_products bigint not null,
  order_units bigint not null,
  order_minor bigint not null,
  order_unpriced bigint not null,
  dead_products bigint not null,
  dead_units bigint not null,
  dead_minor bigint not null,
  dead_unpriced bigint not null,
  lost_products bigint not null,
  lost_units bigint not null,
  lost_minor bigint not null,
  lost_unpriced bigint not null,
  ran_out bigint not null,
  came_back bigint not null,
  new_products bigint not null,
  archived_products bigint not null,
  stock_change bigint,
  primary key (tenant_id, account_id),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
);

-- The whole shop day by day, as far back as 400 days; today is not over and not here.
create table shop_days (
  tenant_id uuid not null,
  account_id uuid not null,
  day bigint not null,
  ordered bigint not null,
  cancelled bigint not null,
  revenue_minor bigint not null,
  stock bigint,
  primary key (tenant_id, account_id, day),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
);

-- How many products are in each pair of classes; '' is a class that is not known.
create table class_measures (
  tenant_id uuid not null,
  account_id uuid not null,
  abc text collate "C" not null,
  xyz text collate "C" not null,
  products bigint not null,
  revenue_minor bigint not null,
  primary key (tenant_id, account_id, abc, xyz),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
);

create table warehouse_measures (
  tenant_id uuid not null,
  warehouse_id uuid not null,
  stock bigint not null,
  products bigint not null,
  out_products bigint not null,
  orders_28 bigint,
  primary key (tenant_id, warehouse_id),
  foreign key (tenant_id, warehouse_id) references warehouses (tenant_id, id) on delete cascade
);

do $$
declare t text;
begin
  foreach t in array array['shop_measures', 'shop_days', 'class_measures', 'warehouse_measures'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_rows on %I to stock_tracker_tenant using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('create policy system_rows on %I to stock_tracker_system using (true) with check (true)', t);
  end loop;
end $$;

grant select, insert, update, delete on shop_measures, shop_days, class_measures, warehouse_measures
  to stock_tracker_tenant, stock_tracker_system;
