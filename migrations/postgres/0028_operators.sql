-- Operators of the installation: people who see how all of it goes. Made by a command on the machine alone.
create table operators (
  user_id uuid primary key references users (id) on delete cascade,
  added_at timestamptz not null
);

-- What operators looked at and did in the dashboard and over the API: append-only, one hash chain of the installation.
create table operator_log (
  seq bigint primary key,
  at timestamptz not null,
  actor uuid,
  action text not null,
  details jsonb not null,
  address text not null,
  hash text not null
);

do $$
declare t text;
begin
  foreach t in array array['operators', 'operator_log'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy system_rows on %I to stock_tracker_system using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert, delete on operators to stock_tracker_system;
grant select, insert on operator_log to stock_tracker_system;

-- Marketplace and group of methods of a bucket, for the operator's eyes; whose it is, nothing tells.
alter table rate_buckets add column name text;
create index rate_buckets_closed on rate_buckets (not_before);
