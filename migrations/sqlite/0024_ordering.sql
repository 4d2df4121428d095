-- What a company knows of ordering its products: for all, for a shop, a brand, or one product; the nearest wins. A null
-- is inherited. `target` is the shop's or the product's id, or the brand; '' for the company.
create table planning_settings (
  tenant_id blob not null references tenants (id) on delete cascade,
  scope text not null check (scope in ('tenant', 'account', 'brand', 'product')),
  target text not null,
  lead_days integer,
  pack integer,
  minimum integer,
  cost_minor integer,
  updated_at text not null,
  updated_by blob,
  primary key (tenant_id, scope, target)
) strict;

-- What people write down about a product.
create table product_notes (
  tenant_id blob not null,
  id blob not null,
  product_id blob not null,
  author blob,
  body text not null,
  created_at text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
) strict;
create index product_notes_product on product_notes (tenant_id, product_id, id);
