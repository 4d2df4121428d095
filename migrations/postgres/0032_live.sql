-- The latest syncs of a company, whatever their shop: its log, and what every open page watches.
create index sync_runs_latest on sync_runs (tenant_id, created_at, id);
