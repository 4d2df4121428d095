-- The past that no longer changes, packed: all changes of a product in 16 days of its marketplace's calendar in one
-- value (`stretch` is day / 16). A change stands here or in stock_changes, where the days of now are written. What is
-- left of a past that was let go, the last change of each place, stands in the first stretch that is kept.
create table stock_past (
  tenant_id blob not null,
  product_id blob not null,
  stretch integer not null,
  changes blob not null,
  primary key (tenant_id, product_id, stretch),
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
) strict, without rowid;

-- The same rows once instead of twice: the key is the table.
create table stock_changes_once (
  tenant_id blob not null,
  product_id blob not null,
  day integer not null,
  offer_id blob not null,
  warehouse_id blob not null,
  valid_from text not null,
  quantity integer not null,
  delta integer not null,
  in_way_to_client integer not null,
  in_way_from_client integer not null,
  primary key (tenant_id, product_id, day, offer_id, warehouse_id, valid_from),
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
) strict, without rowid;
insert into stock_changes_once
  select tenant_id, product_id, day, offer_id, warehouse_id, valid_from, quantity, delta, in_way_to_client,
    in_way_from_client
  from stock_changes order by tenant_id, product_id, day, offer_id, warehouse_id, valid_from;
drop table stock_changes;
alter table stock_changes_once rename to stock_changes;
