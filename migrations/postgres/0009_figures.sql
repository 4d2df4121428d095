-- A marketplace's own figures of a product or of one of its places, to stand beside ours: never summed, never computed
-- with. A whole number in a stated unit ('pieces', 'thousandths', 'hours', 'minor'), or a word where the marketplace
-- gives none ('infinite', 'not_computed', a grade).
create table marketplace_figures (
  tenant_id uuid not null,
  account_id uuid not null,
  product_id uuid not null,
  name text not null,
  place text not null,
  value bigint,
  unit text,
  word text,
  as_of timestamptz not null,
  primary key (tenant_id, product_id, name, place),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);
create index marketplace_figures_account on marketplace_figures (tenant_id, account_id, as_of);

alter table marketplace_figures enable row level security;
alter table marketplace_figures force row level security;
create policy tenant_rows on marketplace_figures to stock_tracker_tenant
  using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
create policy system_rows on marketplace_figures to stock_tracker_system using (true) with check (true);
grant select, insert, update, delete on marketplace_figures to stock_tracker_tenant, stock_tracker_system;
