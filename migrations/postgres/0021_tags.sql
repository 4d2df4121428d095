-- What a company makes of its product table: tags of its own, saved views, and the last bulk changes as long as they
-- can be undone.

create table tags (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  name text not null,
  name_key text collate "C" not null,
  color text not null check (color in ('grey', 'red', 'amber', 'green', 'blue', 'violet')),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, name_key)
);

create table product_tags (
  tenant_id uuid not null,
  tag_id uuid not null,
  product_id uuid not null,
  primary key (tenant_id, tag_id, product_id),
  foreign key (tenant_id, tag_id) references tags (tenant_id, id) on delete cascade,
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);
create index product_tags_product on product_tags (tenant_id, product_id);

create table tag_edits (
  tenant_id uuid not null,
  id uuid not null,
  tag_id uuid not null,
  deed text not null check (deed in ('add', 'remove')),
  made_by uuid,
  made_at timestamptz not null,
  changed bigint not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, tag_id) references tags (tenant_id, id) on delete cascade
);

-- Which products an edit really changed: what had the tag before keeps it when the edit is undone.
create table tag_edit_products (
  tenant_id uuid not null,
  edit_id uuid not null,
  product_id uuid not null,
  primary key (tenant_id, edit_id, product_id),
  foreign key (tenant_id, edit_id) references tag_edits (tenant_id, id) on delete cascade,
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);
create index tag_edit_products_product on tag_edit_products (tenant_id, product_id);

create table product_views (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  owner_id uuid,
  name text not null,
  query text not null,
  shared boolean not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);

do $$
declare t text;
begin
  foreach t in array array['tags', 'product_tags', 'tag_edits', 'tag_edit_products', 'product_views'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_rows on %I to stock_tracker_tenant using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('create policy system_rows on %I to stock_tracker_system using (true) with check (true)', t);
  end loop;
end $$;

grant select, insert, update, delete on tags, product_tags, tag_edits, tag_edit_products, product_views
  to stock_tracker_tenant, stock_tracker_system;
