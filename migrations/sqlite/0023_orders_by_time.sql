-- Orders are listed the newest first, shop by shop within a moment.
create index orders_time on orders (tenant_id, ordered_at, account_id, key);
