-- What was sold and came back, and what it costs.

-- One line of an order may be several equal pieces; its price is that of one.
alter table orders add column quantity bigint not null default 1;

-- Pieces that reached their buyers and that came back, on the day on which they did, and what the buyers paid for
-- them, as far as it is known.
alter table daily_sales add column sold bigint not null default 0;
alter table daily_sales add column returned bigint not null default 0;
alter table daily_sales add column sold_minor bigint not null default 0;
alter table daily_sales add column returned_minor bigint not null default 0;

-- One row a sale or return; the marketplace's own key. Amounts are those of one piece; null: the marketplace has not
-- told yet. product_id is null for a card we never saw.
create table sales (
  tenant_id uuid not null,
  account_id uuid not null,
  key text collate "C" not null,
  kind text not null check (kind in ('sale', 'return')),
  order_key text collate "C",
  product_id uuid,
  article bigint not null,
  offer_number bigint,
  barcode text,
  happened_at timestamptz not null,
  day bigint not null,
  changed_at timestamptz not null,
  quantity bigint not null,
  price_minor bigint,
  payout_minor bigint,
  currency text not null,
  warehouse_name text,
  region text,
  primary key (tenant_id, account_id, key),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
);
create index sales_product_day on sales (tenant_id, product_id, day);
create index sales_untold on sales (tenant_id, account_id, changed_at) where price_minor is null or payout_minor is null;

-- Now: one size's price before and after the seller's discount, and what a buyer sees where that is known.
create table prices (
  tenant_id uuid not null,
  offer_id uuid not null,
  product_id uuid not null,
  price_minor bigint not null,
  discount_percent bigint,
  discounted_minor bigint not null,
  buyer_minor bigint,
  currency text not null,
  changed_at timestamptz not null,
  primary key (tenant_id, offer_id),
  foreign key (tenant_id, offer_id) references offers (tenant_id, id) on delete cascade
);
create index prices_product on prices (tenant_id, product_id);

-- The past: one row a change.
create table price_changes (
  tenant_id uuid not null,
  product_id uuid not null,
  offer_id uuid not null,
  valid_from timestamptz not null,
  price_minor bigint not null,
  discount_percent bigint,
  discounted_minor bigint not null,
  buyer_minor bigint,
  currency text not null,
  primary key (tenant_id, product_id, offer_id, valid_from),
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);

do $$
declare t text;
begin
  foreach t in array array['sales', 'prices', 'price_changes'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_rows on %I to stock_tracker_tenant using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('create policy system_rows on %I to stock_tracker_system using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to stock_tracker_tenant, stock_tracker_system', t);
  end loop;
end $$;
