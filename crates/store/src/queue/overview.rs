//! The queue and its runs as the operator sees them; never whose data a run brings, beyond the company's id.

use crate::{
    engine::{Pools, Store},
    error::Result,
    system::Reason,
    tx::on_engine,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{AccountId, SyncRunId, TenantId, sync::SyncStatus};
use uuid::Uuid;

/// Counts that a monitor reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueCounts {
    /// Jobs by what the queue calls their state, with how many.
    pub jobs: Vec<(String, i64)>,
    /// Workers that said within a minute that they live.
    pub workers: i64,
    /// Runs that are under way or wait, by status.
    pub runs: Vec<(String, i64)>,
    /// Kinds of shops' data that are due and whose run was not made yet.
    pub due: i64,
    /// Since when the longest overdue of them is.
    pub due_since: Option<DateTime<Utc>>,
    /// Buckets of marketplaces that are closed until later.
    pub closed_buckets: i64,
}

/// A run that is not over, or that ended badly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedRun {
    /// Which.
    pub run: SyncRunId,
    /// Whose.
    pub tenant: TenantId,
    /// Of which shop.
    pub account: AccountId,
    /// How it stands.
    pub status: SyncStatus,
    /// Whether somebody asked for it, or the schedule.
    pub origin: String,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// Not before this moment, if it waits.
    pub next_run_at: DateTime<Utc>,
    /// Until when a worker has it.
    pub lease_until: Option<DateTime<Utc>>,
    /// Failures of ours.
    pub attempts: i64,
    /// Workers that died with it.
    pub lost_leases: i64,
    /// What its steps say is wrong, as JSON; `None`: nothing.
    pub problem: Option<String>,
}

#[derive(sqlx::FromRow)]
struct RunRow {
    id: Uuid,
    tenant_id: Uuid,
    account_id: Uuid,
    status: String,
    origin: String,
    created_at: DateTime<Utc>,
    next_run_at: DateTime<Utc>,
    lease_until: Option<DateTime<Utc>>,
    attempts: i64,
    lost_leases: i64,
    problem: Option<String>,
}

/// So long after their end jobs are removed; runs keep the history.
const KEEP_JOBS: TimeDelta = TimeDelta::days(1);

impl Store {
    /// How the queue stands.
    pub async fn queue_counts(&self, now: DateTime<Utc>) -> Result<QueueCounts> {
        let jobs: Vec<(String, i64)> = match &self.pools {
            Pools::Postgres(pool) => {
                sqlx::query_as(
                    "select status, count(*) from apalis.jobs where job_type = $1 group by status order by 1",
                )
                .bind(super::QUEUE)
                .fetch_all(pool)
                .await?
            }
            Pools::Sqlite { readers, .. } => {
                sqlx::query_as(
                    "select status, count(*) from Jobs where job_type = $1 group by status order by 1",
                )
                .bind(super::QUEUE)
                .fetch_all(readers)
                .await?
            }
        };
        let workers: i64 = match &self.pools {
            Pools::Postgres(pool) => {
                sqlx::query_scalar(
                    "select count(*) from apalis.workers where worker_type = $1
                       and last_seen > now() - interval '1 minute'",
                )
                .bind(super::QUEUE)
                .fetch_one(pool)
                .await?
            }
            Pools::Sqlite { readers, .. } => {
                sqlx::query_scalar(
                    "select count(*) from Workers where worker_type = $1
                       and last_seen > cast(strftime('%s', 'now') as integer) - 60",
                )
                .bind(super::QUEUE)
                .fetch_one(readers)
                .await?
            }
        };
        let mut tx = self.system_read(Reason::Operator).await?;
        let runs: Vec<(String, i64)> = on_engine!(&mut tx.tx, |conn| {
            sqlx::query_as(
            "select status, count(tenant_id) from sync_runs where status in ('pending', 'running')
             group by status order by 1"
        )
        .fetch_all(conn)
        .await?
        });
        let (due, due_since): (i64, Option<DateTime<Utc>>) =
            on_engine!(&mut tx.tx, |conn| sqlx::query_as(
                "select count(tenant_id), min(due_at) from schedules where due_at <= $1"
            )
            .bind(now)
            .fetch_one(conn)
            .await?);
        let closed_buckets: i64 = on_engine!(&mut tx.tx, |conn| sqlx::query_scalar(
            "select count(*) from rate_buckets where not_before > $1"
        )
        .bind(now.timestamp_micros())
        .fetch_one(conn)
        .await?);
        tx.commit().await?;
        Ok(QueueCounts { jobs, workers, runs, due, due_since, closed_buckets })
    }

    /// Runs that are not over, the longest waiting first; with `failed`, those that ended badly instead, the latest
    /// first.
    pub async fn queued_runs(&self, failed: bool, limit: u32) -> Result<Vec<QueuedRun>> {
        let sql = if failed {
            "select r.id, r.tenant_id, r.account_id, r.status, r.origin, r.created_at, r.next_run_at, r.lease_until,
               r.attempts, r.lost_leases,
               (select min(cast(s.problem as text)) from sync_steps s
                where s.tenant_id = r.tenant_id and s.run_id = r.id) as problem
             from sync_runs r where r.status in ('failed', 'partial') order by r.created_at desc, r.id limit $1"
        } else {
            "select r.id, r.tenant_id, r.account_id, r.status, r.origin, r.created_at, r.next_run_at, r.lease_until,
               r.attempts, r.lost_leases,
               (select min(cast(s.problem as text)) from sync_steps s
                where s.tenant_id = r.tenant_id and s.run_id = r.id) as problem
             from sync_runs r where r.status in ('pending', 'running') order by r.next_run_at, r.id limit $1"
        };
        let mut tx = self.system_read(Reason::Operator).await?;
        let rows: Vec<RunRow> = on_engine!(&mut tx.tx, |conn| sqlx::query_as(sql)
            .bind(i64::from(limit))
            .fetch_all(conn)
            .await?);
        tx.commit().await?;
        rows.into_iter()
            .map(|row| {
                Ok(QueuedRun {
                    run: SyncRunId(row.id),
                    tenant: TenantId(row.tenant_id),
                    account: AccountId(row.account_id),
                    status: crate::syncs::sync_status(&row.status)?,
                    origin: row.origin,
                    created_at: row.created_at,
                    next_run_at: row.next_run_at,
                    lease_until: row.lease_until,
                    attempts: row.attempts,
                    lost_leases: row.lost_leases,
                    problem: row.problem.filter(|problem| problem != "null"),
                })
            })
            .collect()
    }

    /// Removes jobs that ended more than a day ago; how many. The queue's clock is the database's.
    pub async fn remove_old_jobs(&self) -> Result<u64> {
        let seconds = KEEP_JOBS.num_seconds();
        let removed = match &self.pools {
            Pools::Postgres(pool) => {
                sqlx::query(
                    "delete from apalis.jobs where job_type = $1 and status in ('Done', 'Killed', 'Failed')
                       and done_at < now() - make_interval(secs => $2)",
                )
                .bind(super::QUEUE)
                .bind(f64::from(i32::try_from(seconds).unwrap_or(i32::MAX)))
                .execute(pool)
                .await?
                .rows_affected()
            }
            Pools::Sqlite { writer, .. } => sqlx::query(
                "delete from Jobs where job_type = $1 and status in ('Done', 'Killed', 'Failed')
                   and done_at < cast(strftime('%s', 'now') as integer) - $2",
            )
            .bind(super::QUEUE)
            .bind(seconds)
            .execute(writer)
            .await?
            .rows_affected(),
        };
        Ok(removed)
    }
}
