-- What a company knows of ordering its products: for all, for a shop, a brand, or one product; the nearest wins. A null
-- is inherited. `target` is the shop's or the product's id, or the brand; '' for the company.
create table planning_settings (
  tenant_id uuid not null references tenants (id) on delete cascade,
  scope text collate "C" not null check (scope in ('tenant', 'account', 'brand', 'product')),
  target text collate "C" not null,
  lead_days bigint,
  pack bigint,
  minimum bigint,
  cost_minor bigint,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, scope, target)
);

-- What people write down about a product.
create table product_notes (
  tenant_id uuid not null,
  id uuid not null,
  product_id uuid not null,
  author uuid,
  body text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);
create index product_notes_product on product_notes (tenant_id, product_id, id);

do $$
declare t text;
begin
  foreach t in array array['planning_settings', 'product_notes'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_rows on %I to stock_tracker_tenant using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('create policy system_rows on %I to stock_tracker_system using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert, update, delete on planning_settings, product_notes to stock_tracker_tenant, stock_tracker_system;
