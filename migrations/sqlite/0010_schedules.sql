-- Several shops of a company: what each looks like, when each kind of its data is read, and the marketplaces' limits.

-- The name that a person gave; null: what the marketplace calls the seller, else its own name.
alter table accounts add column own_name text;
alter table accounts add column colour text not null default 'violet'
  check (colour in ('violet', 'blue', 'teal', 'indigo', 'olive', 'brown', 'grey', 'pink'));
-- Null: as often as the limits allow.
alter table accounts add column schedule text;

-- When a kind of a shop's data is to be read next. Runs are made from it by whoever looks first.
create table schedules (
  tenant_id blob not null,
  account_id blob not null,
  kind text not null,
  due_at text not null,
  primary key (tenant_id, account_id, kind),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
) strict;
create index schedules_due on schedules (due_at);
-- Shops that are there already: all else follows from their first turn.
insert into schedules (tenant_id, account_id, kind, due_at)
  select tenant_id, id, 'products', created_at from accounts where key_check is not null;

-- Who asked for a run: somebody, or the schedule.
alter table sync_runs add column origin text not null default 'asked' check (origin in ('asked', 'schedule'));

-- How often a worker died with the run in its hands: one that kills its workers is set aside.
alter table sync_runs add column lost_leases integer not null default 0;

-- The marketplaces' limits as token buckets, by a hash of what the marketplace counts by: a seller may be the shop of
-- several companies. Nothing in it tells whose. Moments are microseconds since 1970, so that one statement can count.
drop table pacing;
create table rate_buckets (
  id text primary key,
  full_at integer not null,
  not_before integer not null
) strict;
create index rate_buckets_old on rate_buckets (full_at);
