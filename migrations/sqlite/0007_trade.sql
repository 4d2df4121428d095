-- What was sold and came back, and what it costs.

-- One line of an order may be several equal pieces; its price is that of one.
alter table orders add column quantity integer not null default 1;

-- Pieces that reached their buyers and that came back, on the day on which they did, and what the buyers paid for
-- them, as far as it is known.
alter table daily_sales add column sold integer not null default 0;
alter table daily_sales add column returned integer not null default 0;
alter table daily_sales add column sold_minor integer not null default 0;
alter table daily_sales add column returned_minor integer not null default 0;

-- One row a sale or return; the marketplace's own key. Amounts are those of one piece; null: the marketplace has not
-- told yet. product_id is null for a card we never saw.
create table sales (
  tenant_id blob not null,
  account_id blob not null,
  key text not null,
  kind text not null check (kind in ('sale', 'return')),
  order_key text,
  product_id blob,
  article integer not null,
  offer_number integer,
  barcode text,
  happened_at text not null,
  day integer not null,
  changed_at text not null,
  quantity integer not null,
  price_minor integer,
  payout_minor integer,
  currency text not null,
  warehouse_name text,
  region text,
  primary key (tenant_id, account_id, key),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
) strict;
create index sales_product_day on sales (tenant_id, product_id, day);
create index sales_untold on sales (tenant_id, account_id, changed_at) where price_minor is null or payout_minor is null;

-- Now: one size's price before and after the seller's discount, and what a buyer sees where that is known.
create table prices (
  tenant_id blob not null,
  offer_id blob not null,
  product_id blob not null,
  price_minor integer not null,
  discount_percent integer,
  discounted_minor integer not null,
  buyer_minor integer,
  currency text not null,
  changed_at text not null,
  primary key (tenant_id, offer_id),
  foreign key (tenant_id, offer_id) references offers (tenant_id, id) on delete cascade
) strict;
create index prices_product on prices (tenant_id, product_id);

-- The past: one row a change.
create table price_changes (
  tenant_id blob not null,
  product_id blob not null,
  offer_id blob not null,
  valid_from text not null,
  price_minor integer not null,
  discount_percent integer,
  discounted_minor integer not null,
  buyer_minor integer,
  currency text not null,
  primary key (tenant_id, product_id, offer_id, valid_from),
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
) strict;
