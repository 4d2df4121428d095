-- What the pages of every morning show besides: edits of a product, money at cost, what changed, and pages as they were.

-- The deeds of a kind, the latest first.
create index audit_log_action on audit_log (tenant_id, action, seq);

-- What a piece costs by the terms that held when the product was measured; what dead stock is worth at that (at the
-- selling price where no cost is known), and what was missed at the margin (at the price, the same); the class of demand.
alter table products add column cost_minor bigint;
alter table products add column frozen_minor bigint;
alter table products add column missed_minor bigint;
alter table products add column demand text collate "C";
create index products_frozen on products (tenant_id, frozen_minor, id) where frozen_minor > 0;
create index products_ran_out on products (tenant_id, id) where total_stock <= 0 and stock_yesterday > 0;
create index products_came_back on products (tenant_id, id) where total_stock > 0 and stock_yesterday <= 0;

-- `since` is when "new" begins; `..._at_price` are the products whose cost is not known.
alter table shop_measures add column since timestamptz;
alter table shop_measures add column frozen_minor bigint not null default 0;
alter table shop_measures add column frozen_at_price bigint not null default 0;
alter table shop_measures add column missed_minor bigint not null default 0;
alter table shop_measures add column missed_at_price bigint not null default 0;
alter table shop_measures add column repriced bigint not null default 0;

alter table shop_days add column returned bigint;

-- What was priced anew since a moment, and what came back on a day.
create index price_changes_when on price_changes (tenant_id, valid_from, product_id);
create index daily_sales_returned on daily_sales (tenant_id, day, product_id) where returned > 0;

-- The morning page as it was last counted on a day (of UTC).
create table mornings (
  tenant_id uuid not null references tenants (id) on delete cascade,
  day bigint not null,
  measured_at timestamptz not null,
  body jsonb not null,
  primary key (tenant_id, day)
);

-- The counts of warehouses as they were last counted on a day (of UTC).
create table warehouse_days (
  tenant_id uuid not null,
  warehouse_id uuid not null,
  day bigint not null,
  measured_at timestamptz not null,
  stock bigint not null,
  products bigint not null,
  out_products bigint not null,
  orders_28 bigint,
  primary key (tenant_id, day, warehouse_id),
  foreign key (tenant_id, warehouse_id) references warehouses (tenant_id, id) on delete cascade
);
create index warehouse_days_warehouse on warehouse_days (tenant_id, warehouse_id);

do $$
declare t text;
begin
  foreach t in array array['mornings', 'warehouse_days'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_rows on %I to stock_tracker_tenant using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('create policy system_rows on %I to stock_tracker_system using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert, update, delete on mornings, warehouse_days to stock_tracker_tenant, stock_tracker_system;
