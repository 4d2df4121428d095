-- From whose warehouse a line of an order ships, where it is told: a marketplace may count its own sales alone.
alter table orders add column source text check (source in ('marketplace', 'seller'));
