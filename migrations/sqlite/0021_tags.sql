-- What a company makes of its product table: tags of its own, saved views, and the last bulk changes as long as they
-- can be undone.

create table tags (
  tenant_id blob not null references tenants (id) on delete cascade,
  id blob not null,
  name text not null,
  name_key text not null,
  color text not null check (color in ('grey', 'red', 'amber', 'green', 'blue', 'violet')),
  created_at text not null,
  primary key (tenant_id, id),
  unique (tenant_id, name_key)
) strict;

create table product_tags (
  tenant_id blob not null,
  tag_id blob not null,
  product_id blob not null,
  primary key (tenant_id, tag_id, product_id),
  foreign key (tenant_id, tag_id) references tags (tenant_id, id) on delete cascade,
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
) strict;
create index product_tags_product on product_tags (tenant_id, product_id);

create table tag_edits (
  tenant_id blob not null,
  id blob not null,
  tag_id blob not null,
  deed text not null check (deed in ('add', 'remove')),
  made_by blob,
  made_at text not null,
  changed integer not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, tag_id) references tags (tenant_id, id) on delete cascade
) strict;

-- Which products an edit really changed: what had the tag before keeps it when the edit is undone.
create table tag_edit_products (
  tenant_id blob not null,
  edit_id blob not null,
  product_id blob not null,
  primary key (tenant_id, edit_id, product_id),
  foreign key (tenant_id, edit_id) references tag_edits (tenant_id, id) on delete cascade,
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
) strict;
create index tag_edit_products_product on tag_edit_products (tenant_id, product_id);

create table product_views (
  tenant_id blob not null references tenants (id) on delete cascade,
  id blob not null,
  owner_id blob,
  name text not null,
  query text not null,
  shared integer not null,
  created_at text not null,
  primary key (tenant_id, id)
) strict;
