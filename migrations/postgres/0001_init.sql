-- Every tenant table: keys that begin with tenant_id, composite foreign keys, forced row-level security.
-- Roles and grants are made by `migrate` itself (engine/postgres.rs): roles belong to the cluster.

create extension if not exists hstore;

create function current_tenant() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('app.tenant_id', true), '')::uuid $$;

-- People. Not a tenant's: one person may belong to several.
create table users (
  id uuid primary key,
  email text,
  email_key text collate "C" unique,
  password_hash text,
  is_active boolean not null,
  created_at timestamptz not null,
  password_changed_at timestamptz not null
);

create table tenants (
  id uuid primary key,
  name text not null,
  marketplace_type text not null check (marketplace_type in ('wildberries', 'ozon')),
  is_active boolean not null,
  low_stock_threshold bigint not null,
  demo_until timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index tenants_demo on tenants (demo_until);

create table memberships (
  tenant_id uuid not null references tenants (id) on delete cascade,
  user_id uuid not null references users (id) on delete cascade,
  role text not null check (role in ('owner', 'admin', 'user', 'viewer')),
  created_at timestamptz not null,
  primary key (tenant_id, user_id)
);
create index memberships_user on memberships (user_id);

create table subscriptions (
  tenant_id uuid primary key references tenants (id) on delete cascade,
  plan text not null check (plan in ('free', 'starter', 'pro', 'enterprise')),
  created_at timestamptz not null
);

-- One sign-in of one person: a browser's cookie, or a family of refresh tokens.
create table sessions (
  tenant_id uuid not null,
  id uuid not null unique,
  user_id uuid not null,
  kind text not null check (kind in ('browser', 'api')),
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  address text not null,
  user_agent text,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references memberships (tenant_id, user_id) on delete cascade
);
create index sessions_user on sessions (user_id);

-- A spent token keeps its successor's id, so that a retry gets the same answer again.
create table refresh_tokens (
  tenant_id uuid not null,
  id uuid not null unique,
  session_id uuid not null,
  token_hash text not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  spent_at timestamptz,
  successor_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, session_id) references sessions (tenant_id, id) on delete cascade
);
create index refresh_tokens_session on refresh_tokens (tenant_id, session_id);

-- A shop of the tenant on a marketplace. key_check is what was last found out about its key.
create table accounts (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  marketplace text not null check (marketplace in ('wildberries', 'ozon')),
  realm text not null check (realm in ('production', 'sandbox', 'demo')),
  name text not null,
  seller_id uuid,
  key_check jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
);

-- Fernet tokens; the plaintext names tenant and field, both checked after decryption.
create table account_secrets (
  tenant_id uuid not null,
  account_id uuid not null,
  field text not null,
  ciphertext text not null,
  updated_at timestamptz not null,
  primary key (tenant_id, account_id, field),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
);

create table tenant_secrets (
  tenant_id uuid not null references tenants (id) on delete cascade,
  field text not null,
  ciphertext text not null,
  updated_at timestamptz not null,
  primary key (tenant_id, field)
);

-- Keys and measures are computed in Rust: databases disagree about Cyrillic, and a list must not compute.
-- A null measure was never read; cover_tenths is a sort key only (out of stock 0, infinite 2^53).
create table products (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  article bigint not null,
  seller_article text not null,
  title text not null,
  brand text,
  subject text,
  photo_url text,
  seller_article_key text collate "C" not null,
  title_key text collate "C" not null,
  search_text text collate "C" not null,
  changed_at timestamptz not null,
  archived_at timestamptz,
  total_stock bigint,
  in_way_to_client bigint,
  in_way_from_client bigint,
  orders_7 bigint,
  orders_28 bigint,
  total_orders bigint,
  days_in_stock_28 bigint,
  cover_tenths bigint,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, account_id, article),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
);
create index products_updated on products (tenant_id, updated_at, id);

create table offers (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  product_id uuid not null,
  number bigint not null,
  size text,
  barcodes jsonb not null,
  archived_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, account_id, number),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);
create index offers_product on offers (tenant_id, product_id);

create table warehouses (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  source text not null check (source in ('marketplace', 'seller')),
  number bigint not null,
  name text not null,
  region text,
  primary key (tenant_id, id),
  unique (tenant_id, account_id, source, number),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
);

-- Now.
create table stock_levels (
  tenant_id uuid not null,
  offer_id uuid not null,
  warehouse_id uuid not null,
  product_id uuid not null,
  quantity bigint not null,
  in_way_to_client bigint not null,
  in_way_from_client bigint not null,
  changed_at timestamptz not null,
  primary key (tenant_id, offer_id, warehouse_id),
  foreign key (tenant_id, offer_id) references offers (tenant_id, id) on delete cascade,
  foreign key (tenant_id, warehouse_id) references warehouses (tenant_id, id) on delete cascade
);
create index stock_levels_product on stock_levels (tenant_id, product_id);

-- The past: one row a change. `day` is the day in the marketplace's calendar (days since 1970-01-01), `delta`
-- the change of quantity, so that the closing level of any day is today's less the deltas since.
create table stock_changes (
  tenant_id uuid not null,
  product_id uuid not null,
  day bigint not null,
  offer_id uuid not null,
  warehouse_id uuid not null,
  valid_from timestamptz not null,
  quantity bigint not null,
  delta bigint not null,
  in_way_to_client bigint not null,
  in_way_from_client bigint not null,
  primary key (tenant_id, product_id, day, offer_id, warehouse_id, valid_from),
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);

-- One row is one unit; the marketplace's own key. product_id is null for a card we never saw.
create table orders (
  tenant_id uuid not null,
  account_id uuid not null,
  key text collate "C" not null,
  product_id uuid,
  article bigint not null,
  barcode text,
  ordered_at timestamptz not null,
  day bigint not null,
  changed_at timestamptz not null,
  cancelled_at timestamptz,
  price_minor bigint not null,
  currency text not null,
  warehouse_name text,
  region text,
  primary key (tenant_id, account_id, key),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
);
create index orders_product_day on orders (tenant_id, product_id, day);

create table daily_sales (
  tenant_id uuid not null,
  product_id uuid not null,
  day bigint not null,
  ordered bigint not null,
  cancelled bigint not null,
  revenue_minor bigint not null,
  primary key (tenant_id, product_id, day),
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);

-- How old each kind of an account's data is, and where its next reading begins.
create table freshness (
  tenant_id uuid not null,
  account_id uuid not null,
  step text not null,
  first_as_of timestamptz,
  as_of timestamptz,
  rows bigint not null,
  cursor jsonb,
  problem jsonb,
  primary key (tenant_id, account_id, step),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
);

-- When an account may next call a group of a marketplace's methods.
create table pacing (
  tenant_id uuid not null,
  account_id uuid not null,
  method_group text not null,
  next_allowed_at timestamptz not null,
  primary key (tenant_id, account_id, method_group),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
);

create table sync_runs (
  tenant_id uuid not null,
  id uuid not null unique,
  account_id uuid not null,
  status text not null check (status in ('pending', 'running', 'completed', 'partial', 'failed')),
  requested_by uuid,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  lease_until timestamptz,
  next_run_at timestamptz not null,
  attempts bigint not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
);
create unique index sync_runs_one_at_a_time on sync_runs (tenant_id, account_id) where status in ('pending', 'running');
create index sync_runs_due on sync_runs (next_run_at) where status in ('pending', 'running');

create table sync_steps (
  tenant_id uuid not null,
  run_id uuid not null,
  kind text not null,
  position bigint not null,
  state text not null check (state in ('waiting', 'running', 'postponed', 'done', 'failed')),
  rows bigint not null,
  changed bigint not null,
  expected bigint,
  requests bigint not null,
  waited_ms bigint not null,
  started_at timestamptz,
  finished_at timestamptz,
  next_try_at timestamptz,
  cursor jsonb,
  problem jsonb,
  primary key (tenant_id, run_id, kind),
  foreign key (tenant_id, run_id) references sync_runs (tenant_id, id) on delete cascade
);

-- Who did what, when, from where: append-only, one hash chain a tenant.
create table audit_log (
  tenant_id uuid not null references tenants (id) on delete cascade,
  seq bigint not null,
  at timestamptz not null,
  actor uuid,
  action text not null,
  details jsonb not null,
  address text not null,
  hash text not null,
  primary key (tenant_id, seq)
);

-- Demo shops started by an address (its hash), to cap them. Not a tenant's.
create table demo_starts (
  id uuid primary key,
  address_hash text not null,
  started_at timestamptz not null
);
create index demo_starts_address on demo_starts (address_hash, started_at);

-- The second wall. Tenant rows are seen by the tenant role under its own id and by the system role; the owner of
-- the tables has no policy, so forced security shows it nothing.
do $$
declare t text;
begin
  foreach t in array array['memberships', 'subscriptions', 'sessions', 'refresh_tokens', 'accounts', 'account_secrets',
    'tenant_secrets', 'products', 'offers', 'warehouses', 'stock_levels', 'stock_changes', 'orders', 'daily_sales',
    'freshness', 'pacing', 'sync_runs', 'sync_steps', 'audit_log'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_rows on %I to stock_tracker_tenant using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('create policy system_rows on %I to stock_tracker_system using (true) with check (true)', t);
  end loop;
end $$;

alter table tenants enable row level security;
alter table tenants force row level security;
create policy tenant_rows on tenants to stock_tracker_tenant using (id = current_tenant()) with check (id = current_tenant());
create policy system_rows on tenants to stock_tracker_system using (true) with check (true);

-- A tenant sees the people who belong to it, and changes none of them.
alter table users enable row level security;
alter table users force row level security;
create policy tenant_rows on users for select to stock_tracker_tenant
  using (exists (select 1 from memberships m where m.tenant_id = current_tenant() and m.user_id = users.id));
create policy system_rows on users to stock_tracker_system using (true) with check (true);

alter table demo_starts enable row level security;
alter table demo_starts force row level security;
create policy system_rows on demo_starts to stock_tracker_system using (true) with check (true);

grant select, insert, update, delete on all tables in schema public to stock_tracker_tenant, stock_tracker_system;
revoke insert, update, delete on users from stock_tracker_tenant;
revoke all on demo_starts from stock_tracker_tenant;
revoke update, delete, truncate on audit_log from stock_tracker_tenant;
