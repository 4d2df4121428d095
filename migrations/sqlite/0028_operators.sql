-- Operators of the installation: people who see how all of it goes. Made by a command on the machine alone.
create table operators (
  user_id blob primary key references users (id) on delete cascade,
  added_at text not null
) strict;

-- What operators looked at and did in the dashboard and over the API: append-only, one hash chain of the installation.
create table operator_log (
  seq integer primary key,
  at text not null,
  actor blob,
  action text not null,
  details text not null,
  address text not null,
  hash text not null
) strict;

-- Marketplace and group of methods of a bucket, for the operator's eyes; whose it is, nothing tells.
alter table rate_buckets add column name text;
create index rate_buckets_closed on rate_buckets (not_before);
