-- The same as on PostgreSQL.
alter table products add column curve blob;

update freshness set cursor = null where step = 'measures';
