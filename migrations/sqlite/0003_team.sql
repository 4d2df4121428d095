-- The same tables as on PostgreSQL.

create table api_keys (
  tenant_id blob not null references tenants (id) on delete cascade,
  id blob not null unique,
  name text not null,
  role text not null check (role in ('owner', 'admin', 'user', 'viewer')),
  prefix text not null,
  key_hash text not null unique,
  made_by blob not null,
  created_at text not null,
  expires_at text,
  last_used_at text,
  primary key (tenant_id, id)
) strict;

create table invitations (
  tenant_id blob not null references tenants (id) on delete cascade,
  id blob not null unique,
  token_hash text not null unique,
  email text,
  email_key text,
  role text not null check (role in ('owner', 'admin', 'user', 'viewer')),
  made_by blob,
  created_at text not null,
  expires_at text not null,
  primary key (tenant_id, id)
) strict;

-- Made by the operator where registration is by invitation. Not a tenant's: there is none yet.
create table signup_links (
  id blob primary key,
  token_hash text not null unique,
  email text,
  email_key text,
  created_at text not null,
  expires_at text not null
) strict;
