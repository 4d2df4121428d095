-- The levels that a source's last snapshot told, packed in the order of the sizes' numbers, some thousands a row: what
-- the next snapshot is compared with, so that a million levels that stayed cost no look at a million rows. Written
-- together with the levels that it holds; without any, they are made from the levels.
create table stock_images (
  tenant_id blob not null,
  account_id blob not null,
  source text not null check (source in ('marketplace', 'seller')),
  first_number integer not null,
  image blob not null,
  primary key (tenant_id, account_id, source, first_number),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
) strict;
