-- The same thing in several shops: which products are seen as one, and which may be.

-- What of several shops is one thing, said by a person. A product is of one group at most.
create table product_links (
  tenant_id blob not null,
  product_id blob not null,
  group_id blob not null,
  linked_at text not null,
  linked_by blob,
  primary key (tenant_id, product_id),
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
) strict;
create index product_links_group on product_links (tenant_id, group_id);

-- By what a product may be known again in another shop: its article without case, spaces and marks ('a:…'), its
-- barcodes ('b:…'). Kept only for companies with several shops.
create table product_keys (
  tenant_id blob not null,
  key text not null,
  product_id blob not null,
  account_id blob not null,
  primary key (tenant_id, key, product_id),
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
) strict;
create index product_keys_product on product_keys (tenant_id, product_id);

-- The shops whose products' keys are kept. `whole_at` is null until those that were there before are written, too.
create table link_scans (
  tenant_id blob not null,
  account_id blob not null,
  begun_at text not null,
  whole_at text,
  primary key (tenant_id, account_id),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
) strict;

-- Pairs that share a key and that nobody has linked; the lesser id first. A declined one is remembered, so that it is
-- not suggested again.
create table link_suggestions (
  tenant_id blob not null,
  first_id blob not null,
  second_id blob not null,
  by_article integer not null,
  by_barcode integer not null,
  declined integer not null,
  found_at text not null,
  primary key (tenant_id, first_id, second_id),
  foreign key (tenant_id, first_id) references products (tenant_id, id) on delete cascade,
  foreign key (tenant_id, second_id) references products (tenant_id, id) on delete cascade
) strict;
create index link_suggestions_second on link_suggestions (tenant_id, second_id);

-- Sales are listed the newest first, shop by shop within a moment.
create index sales_time on sales (tenant_id, happened_at, account_id, key);

-- Whose shop it is at its marketplace, as a hash, and whether another company has connected the same one.
alter table accounts add column seller_key text;
alter table accounts add column seller_elsewhere integer not null default false;
create index accounts_seller on accounts (seller_key) where seller_key is not null;
