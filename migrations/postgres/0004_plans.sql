-- Refresh tokens of the original service carry no id: they are found by their hash.
create index refresh_tokens_hash on refresh_tokens (token_hash);

-- When a shop was last read, for the pace that a plan allows.
create index sync_runs_account on sync_runs (tenant_id, account_id, created_at);
