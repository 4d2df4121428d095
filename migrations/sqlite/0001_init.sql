-- The same tables as on PostgreSQL: ids are 16-byte blobs, moments RFC 3339 text in UTC, truths 0 and 1, JSON text.
-- There is no row-level security here: the types in `store` and a text test are what keeps tenants apart.

-- People. Not a tenant's: one person may belong to several.
create table users (
  id blob primary key,
  email text,
  email_key text unique,
  password_hash text,
  is_active integer not null,
  created_at text not null,
  password_changed_at text not null
) strict;

create table tenants (
  id blob primary key,
  name text not null,
  marketplace_type text not null check (marketplace_type in ('wildberries', 'ozon')),
  is_active integer not null,
  low_stock_threshold integer not null,
  demo_until text,
  created_at text not null,
  updated_at text not null
) strict;
create index tenants_demo on tenants (demo_until);

create table memberships (
  tenant_id blob not null references tenants (id) on delete cascade,
  user_id blob not null references users (id) on delete cascade,
  role text not null check (role in ('owner', 'admin', 'user', 'viewer')),
  created_at text not null,
  primary key (tenant_id, user_id)
) strict;
create index memberships_user on memberships (user_id);

create table subscriptions (
  tenant_id blob primary key references tenants (id) on delete cascade,
  plan text not null check (plan in ('free', 'starter', 'pro', 'enterprise')),
  created_at text not null
) strict;

-- One sign-in of one person: a browser's cookie, or a family of refresh tokens.
create table sessions (
  tenant_id blob not null,
  id blob not null unique,
  user_id blob not null,
  kind text not null check (kind in ('browser', 'api')),
  created_at text not null,
  last_seen_at text not null,
  expires_at text not null,
  revoked_at text,
  address text not null,
  user_agent text,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references memberships (tenant_id, user_id) on delete cascade
) strict;
create index sessions_user on sessions (user_id);

-- A spent token keeps its successor's id, so that a retry gets the same answer again.
create table refresh_tokens (
  tenant_id blob not null,
  id blob not null unique,
  session_id blob not null,
  token_hash text not null,
  issued_at text not null,
  expires_at text not null,
  spent_at text,
  successor_id blob,
  primary key (tenant_id, id),
  foreign key (tenant_id, session_id) references sessions (tenant_id, id) on delete cascade
) strict;
create index refresh_tokens_session on refresh_tokens (tenant_id, session_id);

-- A shop of the tenant on a marketplace. key_check is what was last found out about its key.
create table accounts (
  tenant_id blob not null references tenants (id) on delete cascade,
  id blob not null,
  marketplace text not null check (marketplace in ('wildberries', 'ozon')),
  realm text not null check (realm in ('production', 'sandbox', 'demo')),
  name text not null,
  seller_id blob,
  key_check text,
  created_at text not null,
  updated_at text not null,
  primary key (tenant_id, id)
) strict;

-- Fernet tokens; the plaintext names tenant and field, both checked after decryption.
create table account_secrets (
  tenant_id blob not null,
  account_id blob not null,
  field text not null,
  ciphertext text not null,
  updated_at text not null,
  primary key (tenant_id, account_id, field),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
) strict;

create table tenant_secrets (
  tenant_id blob not null references tenants (id) on delete cascade,
  field text not null,
  ciphertext text not null,
  updated_at text not null,
  primary key (tenant_id, field)
) strict;

-- Keys and measures are computed in Rust: databases disagree about Cyrillic, and a list must not compute.
-- A null measure was never read; cover_tenths is a sort key only (out of stock 0, infinite 2^53).
create table products (
  tenant_id blob not null,
  id blob not null,
  account_id blob not null,
  article integer not null,
  seller_article text not null,
  title text not null,
  brand text,
  subject text,
  photo_url text,
  seller_article_key text not null,
  title_key text not null,
  search_text text not null,
  changed_at text not null,
  archived_at text,
  total_stock integer,
  in_way_to_client integer,
  in_way_from_client integer,
  orders_7 integer,
  orders_28 integer,
  total_orders integer,
  days_in_stock_28 integer,
  cover_tenths integer,
  created_at text not null,
  updated_at text not null,
  primary key (tenant_id, id),
  unique (tenant_id, account_id, article),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
) strict;
create index products_updated on products (tenant_id, updated_at, id);

create table offers (
  tenant_id blob not null,
  id blob not null,
  account_id blob not null,
  product_id blob not null,
  number integer not null,
  size text,
  barcodes text not null,
  archived_at text,
  primary key (tenant_id, id),
  unique (tenant_id, account_id, number),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
) strict;
create index offers_product on offers (tenant_id, product_id);

create table warehouses (
  tenant_id blob not null,
  id blob not null,
  account_id blob not null,
  source text not null check (source in ('marketplace', 'seller')),
  number integer not null,
  name text not null,
  region text,
  primary key (tenant_id, id),
  unique (tenant_id, account_id, source, number),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
) strict;

-- Now.
create table stock_levels (
  tenant_id blob not null,
  offer_id blob not null,
  warehouse_id blob not null,
  product_id blob not null,
  quantity integer not null,
  in_way_to_client integer not null,
  in_way_from_client integer not null,
  changed_at text not null,
  primary key (tenant_id, offer_id, warehouse_id),
  foreign key (tenant_id, offer_id) references offers (tenant_id, id) on delete cascade,
  foreign key (tenant_id, warehouse_id) references warehouses (tenant_id, id) on delete cascade
) strict;
create index stock_levels_product on stock_levels (tenant_id, product_id);

-- The past: one row a change. `day` is the day in the marketplace's calendar (days since 1970-01-01), `delta`
-- the change of quantity, so that the closing level of any day is today's less the deltas since.
create table stock_changes (
  tenant_id blob not null,
  product_id blob not null,
  day integer not null,
  offer_id blob not null,
  warehouse_id blob not null,
  valid_from text not null,
  quantity integer not null,
  delta integer not null,
  in_way_to_client integer not null,
  in_way_from_client integer not null,
  primary key (tenant_id, product_id, day, offer_id, warehouse_id, valid_from),
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
) strict;

-- One row is one unit; the marketplace's own key. product_id is null for a card we never saw.
create table orders (
  tenant_id blob not null,
  account_id blob not null,
  key text not null,
  product_id blob,
  article integer not null,
  barcode text,
  ordered_at text not null,
  day integer not null,
  changed_at text not null,
  cancelled_at text,
  price_minor integer not null,
  currency text not null,
  warehouse_name text,
  region text,
  primary key (tenant_id, account_id, key),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
) strict;
create index orders_product_day on orders (tenant_id, product_id, day);

create table daily_sales (
  tenant_id blob not null,
  product_id blob not null,
  day integer not null,
  ordered integer not null,
  cancelled integer not null,
  revenue_minor integer not null,
  primary key (tenant_id, product_id, day),
  foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
) strict;

-- How old each kind of an account's data is, and where its next reading begins.
create table freshness (
  tenant_id blob not null,
  account_id blob not null,
  step text not null,
  first_as_of text,
  as_of text,
  rows integer not null,
  cursor text,
  problem text,
  primary key (tenant_id, account_id, step),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
) strict;

-- When an account may next call a group of a marketplace's methods.
create table pacing (
  tenant_id blob not null,
  account_id blob not null,
  method_group text not null,
  next_allowed_at text not null,
  primary key (tenant_id, account_id, method_group),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
) strict;

create table sync_runs (
  tenant_id blob not null,
  id blob not null unique,
  account_id blob not null,
  status text not null check (status in ('pending', 'running', 'completed', 'partial', 'failed')),
  requested_by blob,
  created_at text not null,
  started_at text,
  finished_at text,
  lease_until text,
  next_run_at text not null,
  attempts integer not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id) on delete cascade
) strict;
create unique index sync_runs_one_at_a_time on sync_runs (tenant_id, account_id) where status in ('pending', 'running');
create index sync_runs_due on sync_runs (next_run_at) where status in ('pending', 'running');

create table sync_steps (
  tenant_id blob not null,
  run_id blob not null,
  kind text not null,
  position integer not null,
  state text not null check (state in ('waiting', 'running', 'postponed', 'done', 'failed')),
  rows integer not null,
  changed integer not null,
  expected integer,
  requests integer not null,
  waited_ms integer not null,
  started_at text,
  finished_at text,
  next_try_at text,
  cursor text,
  problem text,
  primary key (tenant_id, run_id, kind),
  foreign key (tenant_id, run_id) references sync_runs (tenant_id, id) on delete cascade
) strict;

-- Who did what, when, from where: append-only, one hash chain a tenant.
create table audit_log (
  tenant_id blob not null references tenants (id) on delete cascade,
  seq integer not null,
  at text not null,
  actor blob,
  action text not null,
  details text not null,
  address text not null,
  hash text not null,
  primary key (tenant_id, seq)
) strict;

-- Demo shops started by an address (its hash), to cap them. Not a tenant's.
create table demo_starts (
  id blob primary key,
  address_hash text not null,
  started_at text not null
) strict;
create index demo_starts_address on demo_starts (address_hash, started_at);
