-- The product table at a million rows: an index for each sorting that is offered, for the filters that leave little, and
-- for searching. Only what the marketplace lists is in them: the archive is looked at seldom.
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

create index products_by_title on products (tenant_id, title_key, id) where archived_at is null;
create index products_by_article on products (tenant_id, seller_article_key, id) where archived_at is null;
create index products_by_stock on products (tenant_id, total_stock, id) where archived_at is null;
create index products_by_orders on products (tenant_id, orders_28, id) where archived_at is null;
create index products_by_orders_7 on products (tenant_id, orders_7, id) where archived_at is null;
create index products_by_all_orders on products (tenant_id, total_orders, id) where archived_at is null;
create index products_by_cover on products (tenant_id, cover_tenths, id) where archived_at is null;
create index products_by_age on products (tenant_id, created_at, id) where archived_at is null;
create index products_by_brand on products (tenant_id, brand, id) where archived_at is null;
create index products_by_subject on products (tenant_id, subject, id) where archived_at is null;
create index stock_levels_warehouse on stock_levels (tenant_id, warehouse_id, product_id);

-- Letters that look alike in two alphabets are one letter in what is searched.
set local role stock_tracker_system;
update products set search_text = translate(search_text, 'авекмнорстухі', 'abekmhopctyxi');
reset role;

create index products_search on products using gin (tenant_id, search_text gin_trgm_ops);

-- LIKE may leak what it compares, so under row security it never uses an index. This function may: it belongs to the
-- role that sees all rows, and itself asks for those of the tenant alone. A schema of its own, because making a
-- function for another role needs the right to create in its schema.
create schema search authorization stock_tracker_system;
set local role stock_tracker_system;
create function search.products(text, text, text, text) returns setof uuid
  language sql stable security definer rows 500 set search_path = public, pg_temp as
  $$ select id from products
     where tenant_id = current_tenant() and search_text like $1 escape '\' and search_text like $2 escape '\'
       and search_text like $3 escape '\' and search_text like $4 escape '\' $$;
revoke all on function search.products(text, text, text, text) from public;
grant usage on schema search to stock_tracker_tenant;
grant execute on function search.products(text, text, text, text) to stock_tracker_tenant;
reset role;
