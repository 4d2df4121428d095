-- A person's own account: the address proven by a letter, links sent by mail, the second factor. A person belongs to
-- no tenant, so neither do these.

alter table users add column email_verified_at text;

-- A link sent by mail: its SHA-256, good once and until then. A newer one of the same purpose replaces it.
create table mail_links (
  user_id blob not null references users (id) on delete cascade,
  purpose text not null check (purpose in ('reset_password', 'verify_email')),
  token_hash text not null unique,
  expires_at text not null,
  primary key (user_id, purpose)
) strict;
create index mail_links_expired on mail_links (expires_at);

-- A shared secret with an authenticator (RFC 6238), a Fernet token whose plaintext names the person. Asked for once
-- it is confirmed; a code's time step is accepted once.
create table second_factors (
  user_id blob primary key references users (id) on delete cascade,
  ciphertext text not null,
  created_at text not null,
  confirmed_at text,
  last_step integer
) strict;

-- What is left of them: a used one is removed.
create table recovery_codes (
  user_id blob not null references second_factors (user_id) on delete cascade,
  code_hash text not null,
  primary key (user_id, code_hash)
) strict;
