-- A marketplace's own figures of a product or of one of its places, to stand beside ours: never summed, never computed
-- with. A whole number in a stated unit ('pieces', 'thousandths', 'hours', 'minor'), or a word where the marketplace
-- gives none ('infinite', 'not_computed', a grade).
create table marketplace_figures (
  tenant_id blob not null,
  account_id blob not null,
  product_id blob not null,
  name text not null,
  place text not null,
  value integer,
  unit text,
  word text,
  as_of text not null,
  primary key (tenant_id, product_id, name, place),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
) strict;
create index marketplace_figures_account on marketplace_figures (tenant_id, account_id, as_of);
