-- A person's own account: the address proven by a letter, links sent by mail, the second factor. A person belongs to
-- no tenant, so neither do these; only the system role reaches them.

alter table users add column email_verified_at timestamptz;

-- A link sent by mail: its SHA-256, good once and until then. A newer one of the same purpose replaces it.
create table mail_links (
  user_id uuid not null references users (id) on delete cascade,
  purpose text not null check (purpose in ('reset_password', 'verify_email')),
  token_hash text not null unique,
  expires_at timestamptz not null,
  primary key (user_id, purpose)
);
create index mail_links_expired on mail_links (expires_at);

-- A shared secret with an authenticator (RFC 6238), a Fernet token whose plaintext names the person. Asked for once
-- it is confirmed; a code's time step is accepted once.
create table second_factors (
  user_id uuid primary key references users (id) on delete cascade,
  ciphertext text not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  last_step bigint
);

-- What is left of them: a used one is removed.
create table recovery_codes (
  user_id uuid not null references second_factors (user_id) on delete cascade,
  code_hash text not null,
  primary key (user_id, code_hash)
);

do $$
declare t text;
begin
  foreach t in array array['mail_links', 'second_factors', 'recovery_codes'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy system_rows on %I to stock_tracker_system using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to stock_tracker_system', t);
  end loop;
end $$;
