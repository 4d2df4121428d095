-- The same thing in several shops: which products are seen as one, and which may be.

-- What of several shops is one thing, said by a person. A product is of one group at most.
create table product_links (
  tenant_id uuid not null,
  product_id uuid not null,
  group_id uuid not null,
  linked_at timestamptz not null,
  linked_by uuid,
  primary key (tenant_id, product_id),
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);
create index product_links_group on product_links (tenant_id, group_id);

-- By what a product may be known again in another shop: its article without case, spaces and marks ('a:…'), its
-- barcodes ('b:…'). Kept only for companies with several shops.
create table product_keys (
  tenant_id uuid not null,
  key text collate "C" not null,
  product_id uuid not null,
  account_id uuid not null,
  primary key (tenant_id, key, product_id),
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);
create index product_keys_product on product_keys (tenant_id, product_id);

-- The shops whose products' keys are kept. `whole_at` is null until those that were there before are written, too.
create table link_scans (
  tenant_id uuid not null,
  account_id uuid not null,
  begun_at timestamptz not null,
  whole_at timestamptz,
  primary key (tenant_id, account_id),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
);

-- Pairs that share a key and that nobody has linked; the lesser id first. A declined one is remembered, so that it is
-- not suggested again.
create table link_suggestions (
  tenant_id uuid not null,
  first_id uuid not null,
  second_id uuid not null,
  by_article boolean not null,
  by_barcode boolean not null,
  declined boolean not null,
  found_at timestamptz not null,
  primary key (tenant_id, first_id, second_id),
  foreign key (tenant_id, first_id) references products (tenant_id, id) on delete cascade,
  foreign key (tenant_id, second_id) references products (tenant_id, id) on delete cascade
);
create index link_suggestions_second on link_suggestions (tenant_id, second_id);

do $$
declare t text;
begin
  foreach t in array array['product_links', 'product_keys', 'link_scans', 'link_suggestions'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_rows on %I to stock_tracker_tenant using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('create policy system_rows on %I to stock_tracker_system using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert, update, delete on product_links, product_keys, link_scans, link_suggestions
  to stock_tracker_tenant, stock_tracker_system;

-- Sales are listed the newest first, shop by shop within a moment.
create index sales_time on sales (tenant_id, happened_at, account_id, key);

-- Whose shop it is at its marketplace, as a hash, and whether another company has connected the same one.
alter table accounts add column seller_key text collate "C";
alter table accounts add column seller_elsewhere boolean not null default false;
create index accounts_seller on accounts (seller_key) where seller_key is not null;
