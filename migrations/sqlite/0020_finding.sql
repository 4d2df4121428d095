-- The product table at a million rows: an index for each sorting that is offered, for the filters that leave little, and
-- for searching. Only what the marketplace lists is in them: the archive is looked at seldom.
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
update products set search_text =
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(search_text, 'а', 'a'), 'в', 'b'), 'е', 'e'), 'к', 'k'), 'м', 'm'), 'н', 'h'), 'о', 'o'), 'р', 'p'), 'с', 'c'), 'т', 't'), 'у', 'y'), 'х', 'x'), 'і', 'i');

-- Which pieces of three letters occur in which product. Where they stand is not kept: whoever searches compares the
-- text itself as well. It follows the rows of products by their rowid; a VACUUM may give them new ones, so a start of
-- the program looks whether the two still agree.
create virtual table products_fts using fts5(
  search_text, content='products', content_rowid='rowid', tokenize='trigram', detail='none'
);
insert into products_fts (products_fts) values ('rebuild');

create trigger products_fts_new after insert on products begin
  insert into products_fts (rowid, search_text) values (new.rowid, new.search_text);
end;
create trigger products_fts_old after delete on products begin
  insert into products_fts (products_fts, rowid, search_text) values ('delete', old.rowid, old.search_text);
end;
create trigger products_fts_other after update of search_text on products
  when old.search_text is not new.search_text begin
  insert into products_fts (products_fts, rowid, search_text) values ('delete', old.rowid, old.search_text);
  insert into products_fts (rowid, search_text) values (new.rowid, new.search_text);
end;
