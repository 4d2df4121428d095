-- A company as a team: its programs' keys, links that let people in, and the operator's links for new companies.
-- Of every key and link only the SHA-256 is kept. What was used or revoked is deleted: the audit log remembers it.

create table api_keys (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null unique,
  name text not null,
  role text not null check (role in ('owner', 'admin', 'user', 'viewer')),
  prefix text not null,
  key_hash text collate "C" not null unique,
  made_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  primary key (tenant_id, id)
);

create table invitations (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null unique,
  token_hash text collate "C" not null unique,
  email text,
  email_key text collate "C",
  role text not null check (role in ('owner', 'admin', 'user', 'viewer')),
  made_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id)
);

-- Made by the operator where registration is by invitation. Not a tenant's: there is none yet.
create table signup_links (
  id uuid primary key,
  token_hash text collate "C" not null unique,
  email text,
  email_key text collate "C",
  created_at timestamptz not null,
  expires_at timestamptz not null
);

do $$
declare t text;
begin
  foreach t in array array['api_keys', 'invitations'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy tenant_rows on %I to stock_tracker_tenant using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('create policy system_rows on %I to stock_tracker_system using (true) with check (true)', t);
  end loop;
end $$;

alter table signup_links enable row level security;
alter table signup_links force row level security;
create policy system_rows on signup_links to stock_tracker_system using (true) with check (true);

grant select, insert, update, delete on api_keys, invitations to stock_tracker_tenant;
grant select, insert, update, delete on api_keys, invitations, signup_links to stock_tracker_system;
