//! A run as its worker sees it: taken under a lease, advanced, given back, finished. Whoever lost the lease
//! writes nothing more: each write renews it, and a renewal that fails undoes the transaction.

use crate::{
    caller::{Actor, Caller},
    engine::Store,
    error::Result,
    subscriptions::in_force,
    syncs::sync_status,
    system::{Reason, SystemTx},
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{
    AccountId, SyncRunId, TenantId,
    sync::{StepKind, StepProblem, StepState, SyncStatus},
};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

/// The right to work on a run until a moment.
#[derive(Debug, PartialEq, Eq)]
pub struct Lease {
    run: SyncRunId,
    until: DateTime<Utc>,
}

impl Lease {
    /// Of which run.
    pub fn run(&self) -> SyncRunId {
        self.run
    }

    /// Until when it holds.
    pub fn until(&self) -> DateTime<Utc> {
        self.until
    }
}

/// What came of reaching for a run.
#[derive(Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is ours.
    Taken {
        /// The right to it.
        lease: Lease,
        /// Whose data it brings.
        account: AccountId,
        /// How often it was begun anew because of a failure of ours.
        attempts: i64,
        /// How often a worker died with it in its hands.
        lost: i64,
    },
    /// It is finished, or there is no such run.
    Over,
    /// It is to wait until then.
    NotBefore(DateTime<Utc>),
    /// Another worker has it until then, if it lives.
    Leased(DateTime<Utc>),
}

/// A step's row as the worker keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct StepProgress {
    /// Which.
    pub kind: StepKind,
    /// How it stands.
    pub state: StepState,
    /// Rows read.
    pub rows: i64,
    /// Rows that changed something.
    pub changed: i64,
    /// Rows that could not be read.
    pub quarantined: i64,
    /// Rows expected.
    pub expected: Option<i64>,
    /// Requests made.
    pub requests: i64,
    /// Milliseconds waited for limits.
    pub waited_ms: i64,
    /// When it began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// When it goes on.
    pub next_try_at: Option<DateTime<Utc>>,
    /// Where it goes on, in its own words.
    pub cursor: Option<Value>,
    /// What went wrong.
    pub problem: Option<StepProblem>,
}

impl Store {
    /// Who a worker acts as when it takes this run; `None`: there is no such run.
    pub async fn caller_for_run(&self, run: SyncRunId) -> Result<Option<Caller>> {
        let mut tx = self.system_read(Reason::WorkerPickUp).await?;
        let row: Option<(Uuid, String, Option<DateTime<Utc>>)> =
            on_engine!(&mut tx.tx, |conn| sqlx::query_as(
                "select r.tenant_id, b.plan, t.demo_until from sync_runs r
             join tenants t on t.id = r.tenant_id join subscriptions b on b.tenant_id = r.tenant_id
             where r.id = $1"
            )
            .bind(run.0)
            .fetch_optional(conn)
            .await?);
        row.map(|(tenant, plan, demo_until)| {
            let plan = in_force(&plan, demo_until)?;
            let (tenant, actor) = (TenantId(tenant), Actor::Job { run });
            Ok(Caller { tenant, actor, plan, operates: false })
        })
        .transpose()
    }
}

impl TenantTx {
    /// Takes a run until a moment, if it is due and nobody has it.
    pub async fn claim_run(
        &mut self,
        run: SyncRunId,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Claim> {
        let tenant = self.tenant();
        let taken: Option<(Uuid, i64, i64)> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "update sync_runs set status = 'running', lease_until = $3, started_at = coalesce(started_at, $4),
               lost_leases = lost_leases + case when lease_until is null then 0 else 1 end
             where tenant_id = $1 and id = $2 and status in ('pending', 'running') and next_run_at <= $4
               and (lease_until is null or lease_until <= $4)
             returning account_id, attempts, lost_leases"
        )
        .bind(tenant)
        .bind(run.0)
        .bind(until)
        .bind(now)
        .fetch_optional(conn)
        .await?
        });
        if let Some((account, attempts, lost)) = taken {
            let lease = Lease { run, until };
            return Ok(Claim::Taken { lease, account: AccountId(account), attempts, lost });
        }
        let row: Option<(String, DateTime<Utc>, Option<DateTime<Utc>>)> = on_engine!(
            &mut self.tx,
            |conn| {
                sqlx::query_as(
                "select status, next_run_at, lease_until from sync_runs where tenant_id = $1 and id = $2"
            )
            .bind(tenant)
            .bind(run.0)
            .fetch_optional(conn)
            .await?
            }
        );
        let Some((status, next_run_at, lease_until)) = row else { return Ok(Claim::Over) };
        if sync_status(&status)?.is_final() {
            return Ok(Claim::Over);
        }
        Ok(match lease_until {
            Some(until) if until > now => Claim::Leased(until),
            _ => Claim::NotBefore(next_run_at.max(now)),
        })
    }

    /// Moves a lease on; the new one holds once this transaction is committed. `None`: it was lost, and this
    /// transaction must not be committed.
    pub async fn renew_lease(
        &mut self,
        lease: &Lease,
        until: DateTime<Utc>,
    ) -> Result<Option<Lease>> {
        let tenant = self.tenant();
        let renewed = on_engine!(&mut self.tx, |conn| sqlx::query(
            "update sync_runs set lease_until = $4
             where tenant_id = $1 and id = $2 and status = 'running' and lease_until = $3"
        )
        .bind(tenant)
        .bind(lease.run.0)
        .bind(lease.until)
        .bind(until)
        .execute(conn)
        .await?
        .rows_affected());
        Ok((renewed == 1).then_some(Lease { run: lease.run, until }))
    }

    /// Gives a run back until a moment. `failed`: because of a failure of ours, which counts as an attempt.
    /// `false`: the lease was lost, and this transaction must not be committed.
    #[must_use = "who lost the lease must not commit"]
    pub async fn postpone_run(
        &mut self,
        lease: &Lease,
        until: DateTime<Utc>,
        failed: bool,
    ) -> Result<bool> {
        let tenant = self.tenant();
        let released = on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "update sync_runs set lease_until = null, next_run_at = $4, attempts = attempts + $5
             where tenant_id = $1 and id = $2 and status = 'running' and lease_until = $3"
        )
        .bind(tenant)
        .bind(lease.run.0)
        .bind(lease.until)
        .bind(until)
        .bind(i64::from(failed))
        .execute(conn)
        .await?
        .rows_affected()
        });
        Ok(released == 1)
    }

    /// Ends a run. `false`: the lease was lost, and this transaction must not be committed.
    #[must_use = "who lost the lease must not commit"]
    pub async fn finish_run(
        &mut self,
        lease: &Lease,
        status: SyncStatus,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let tenant = self.tenant();
        let finished = on_engine!(&mut self.tx, |conn| sqlx::query(
            "update sync_runs set status = $4, finished_at = $5, lease_until = null
             where tenant_id = $1 and id = $2 and status = 'running' and lease_until = $3"
        )
        .bind(tenant)
        .bind(lease.run.0)
        .bind(lease.until)
        .bind(status.as_str())
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(finished == 1)
    }

    /// The steps of a run as their worker left them, in order.
    pub async fn step_progress(&mut self, run: SyncRunId) -> Result<Vec<StepProgress>> {
        let public = self.run(run).await?.map(|run| run.steps).unwrap_or_default();
        let tenant = self.tenant();
        let cursors: Vec<(String, Option<Json<Value>>)> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
                "select kind, cursor from sync_steps where tenant_id = $1 and run_id = $2 order by position"
            )
            .bind(tenant)
            .bind(run.0)
            .fetch_all(conn)
            .await?
        });
        Ok(public
            .into_iter()
            .zip(cursors)
            .map(|(step, (_, cursor))| StepProgress {
                kind: step.kind,
                state: step.state,
                rows: step.rows,
                changed: step.changed,
                quarantined: step.quarantined,
                expected: step.expected,
                requests: step.requests,
                waited_ms: step.waited_ms,
                started_at: step.started_at,
                finished_at: step.finished_at,
                next_try_at: step.next_try_at,
                cursor: cursor.map(|Json(value)| value),
                problem: step.problem,
            })
            .collect())
    }

    /// Writes a step's row.
    pub async fn save_step(&mut self, run: SyncRunId, step: &StepProgress) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "update sync_steps set state = $4, rows = $5, changed = $6, expected = $7, requests = $8, waited_ms = $9,
               started_at = $10, finished_at = $11, next_try_at = $12, cursor = $13, problem = $14, quarantined = $15
             where tenant_id = $1 and run_id = $2 and kind = $3"
        )
        .bind(tenant)
        .bind(run.0)
        .bind(step.kind.as_str())
        .bind(step.state.as_str())
        .bind(step.rows)
        .bind(step.changed)
        .bind(step.expected)
        .bind(step.requests)
        .bind(step.waited_ms)
        .bind(step.started_at)
        .bind(step.finished_at)
        .bind(step.next_try_at)
        .bind(step.cursor.as_ref().map(Json))
        .bind(step.problem.as_ref().map(Json))
        .bind(step.quarantined)
        .execute(conn).await?;
        });
        Ok(())
    }
}

impl SystemTx {
    /// Runs that should have been taken up before a moment and that nobody has: their job was lost. They are due
    /// again now, so that the next look does not find them at once.
    pub async fn revive_forgotten_runs(
        &mut self,
        before: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<(SyncRunId, TenantId)>> {
        let rows: Vec<(Uuid, Uuid)> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "update sync_runs set next_run_at = $2
             where status in ('pending', 'running') and next_run_at < $1
               and (lease_until is null or lease_until < $1)
             returning id, tenant_id"
        )
        .bind(before)
        .bind(now)
        .fetch_all(conn)
        .await?);
        Ok(rows.into_iter().map(|(run, tenant)| (SyncRunId(run), TenantId(tenant))).collect())
    }
}
