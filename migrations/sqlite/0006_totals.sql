-- Sums over the listed products of each account, so that a list does not add up a million rows each time.
-- counted_at is null while they are out of date: from any change of the products until they are counted anew.
create table catalogue_totals (
  tenant_id blob not null,
  account_id blob not null,
  counted_at text,
  products integer not null,
  total_stock integer,
  in_way_to_client integer,
  in_way_from_client integer,
  orders_7 integer,
  orders_28 integer,
  primary key (tenant_id, account_id),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
) strict;
