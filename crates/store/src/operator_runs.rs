//! Syncs of all companies as the operators' area shows them, page by page, and what an operator may do with one: have
//! it tried again, or set aside.

use crate::{
    error::Result, freshness::step_kind, operator_companies::word, syncs::sync_status,
    system::SystemTx, tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{
    AccountId, Marketplace, SyncRunId, TenantId,
    operator::RunState,
    sync::{StepKind, StepProblem, SyncStatus},
};
use sqlx::types::Json;
use std::collections::HashMap;
use uuid::Uuid;

/// A sync, whosever it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperatorRun {
    /// Which.
    pub run: SyncRunId,
    /// Whose.
    pub tenant: TenantId,
    /// The company's name.
    pub company: String,
    /// Of which shop.
    pub account: AccountId,
    /// Where it sells.
    pub marketplace: Marketplace,
    /// How it stands.
    pub status: SyncStatus,
    /// Whether a schedule asked for it.
    pub scheduled: bool,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// Not before this moment, while it waits.
    pub next_run_at: DateTime<Utc>,
    /// Until when a worker has it.
    pub lease_until: Option<DateTime<Utc>>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// Failures of ours.
    pub failures: i64,
    /// Workers that died with it.
    pub deaths: i64,
    /// What its steps say is wrong.
    pub problems: Vec<(StepKind, StepProblem)>,
}

#[derive(sqlx::FromRow)]
struct RunRow {
    id: Uuid,
    tenant_id: Uuid,
    company: String,
    account_id: Uuid,
    marketplace: String,
    status: String,
    origin: String,
    created_at: DateTime<Utc>,
    next_run_at: DateTime<Utc>,
    lease_until: Option<DateTime<Utc>>,
    finished_at: Option<DateTime<Utc>>,
    attempts: i64,
    lost_leases: i64,
}

/// What came of asking for a sync to be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunAgain {
    /// Its job is in the queue.
    Done(TenantId),
    /// Another sync of the shop is under way.
    Busy,
    /// There is no such sync, or nothing of it is left to do.
    Nothing,
}

/// From so many failures of ours on a sync is not tried again by itself; an operator's setting aside writes it.
pub const FAILURES_OF_SET_ASIDE: i64 = 5;

// A fifth failure ends a sync without being counted any more, and so does the tenth worker that died with it: what was
// set aside has four failures or ten deaths, or what an operator wrote.
macro_rules! runs_where {
    ($condition:literal) => {
        concat!(
            "select r.id, r.tenant_id, t.name as company, r.account_id, a.marketplace, r.status, r.origin, r.created_at,
               r.next_run_at, r.lease_until, r.finished_at, r.attempts, r.lost_leases
             from sync_runs r join tenants t on t.id = r.tenant_id
             join accounts a on a.tenant_id = r.tenant_id and a.id = r.account_id
             where ($1 is null or r.tenant_id = $1) and r.id < $2 and ",
            $condition,
            " order by r.id desc limit $4"
        )
    };
}

impl SystemTx {
    /// Syncs, the latest asked for first, after this one; of one company, or of all.
    pub async fn operator_runs(
        &mut self,
        wanted: RunState,
        tenant: Option<TenantId>,
        after: Option<SyncRunId>,
        now: DateTime<Utc>,
        most: i64,
    ) -> Result<Vec<OperatorRun>> {
        let sql = match wanted {
            RunState::Waiting => runs_where!(
                "r.status in ('pending', 'running') and (r.lease_until is null or r.lease_until <= $3)"
            ),
            RunState::Running => runs_where!("r.status = 'running' and r.lease_until > $3"),
            RunState::Failed => {
                runs_where!("r.status in ('failed', 'partial') and r.created_at <= $3")
            }
            RunState::SetAside => runs_where!(
                "r.status in ('failed', 'partial') and (r.attempts >= 4 or r.lost_leases >= 10) and r.created_at <= $3"
            ),
        };
        let rows: Vec<RunRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(sql)
            .bind(tenant.map(|tenant| tenant.0))
            .bind(after.map_or(Uuid::max(), |run| run.0))
            .bind(now)
            .bind(most)
            .fetch_all(conn)
            .await?);
        let mut problems: HashMap<Uuid, Vec<(StepKind, StepProblem)>> = HashMap::new();
        for row in &rows {
            let steps: Vec<(String, Json<StepProblem>)> = on_engine!(&mut self.tx, |conn| {
                sqlx::query_as(
                    "select kind, problem from sync_steps
                     where tenant_id = $1 and run_id = $2 and problem is not null order by position"
                )
                .bind(row.tenant_id)
                .bind(row.id)
                .fetch_all(conn)
                .await?
            });
            let list = problems.entry(row.id).or_default();
            for (kind, Json(problem)) in steps {
                list.push((step_kind(&kind)?, problem));
            }
        }
        rows.into_iter()
            .map(|row| {
                Ok(OperatorRun {
                    problems: problems.remove(&row.id).unwrap_or_default(),
                    run: SyncRunId(row.id),
                    tenant: TenantId(row.tenant_id),
                    company: row.company,
                    account: AccountId(row.account_id),
                    marketplace: word(&row.marketplace, "marketplace")?,
                    status: sync_status(&row.status)?,
                    scheduled: row.origin == "schedule",
                    created_at: row.created_at,
                    next_run_at: row.next_run_at,
                    lease_until: row.lease_until,
                    finished_at: row.finished_at,
                    failures: row.attempts,
                    deaths: row.lost_leases,
                })
            })
            .collect()
    }

    /// Has a sync tried again at once: one that waits no longer waits, one that ended badly begins again with the steps
    /// that are not done. What is done stays done. The marketplace's limits hold as for any other.
    pub async fn run_again(&mut self, run: SyncRunId, now: DateTime<Utc>) -> Result<RunAgain> {
        let found: Option<(Uuid, Uuid, String)> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select tenant_id, account_id, status from sync_runs
             where id = $1 and status <> 'completed' and (lease_until is null or lease_until <= $2)"
        )
        .bind(run.0)
        .bind(now)
        .fetch_optional(conn)
        .await?
        });
        let Some((tenant, account, status)) = found else { return Ok(RunAgain::Nothing) };
        if sync_status(&status)?.is_final() {
            let other: Option<Uuid> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
                "select id from sync_runs
                 where tenant_id = $1 and account_id = $2 and status in ('pending', 'running')"
            )
            .bind(tenant)
            .bind(account)
            .fetch_optional(conn)
            .await?);
            if other.is_some() {
                return Ok(RunAgain::Busy);
            }
        }
        let begun = on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "update sync_runs set status = 'pending', finished_at = null, lease_until = null, next_run_at = $3,
               attempts = 0, lost_leases = 0
             where tenant_id = $1 and id = $2 and status <> 'completed'
               and (lease_until is null or lease_until <= $3)"
        )
        .bind(tenant)
        .bind(run.0)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected()
        });
        if begun == 0 {
            return Ok(RunAgain::Nothing);
        }
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
                "update sync_steps set next_try_at = null, problem = null, finished_at = null,
               cursor = case when state = 'failed' then null else cursor end,
               state = 'waiting'
             where tenant_id = $1 and run_id = $2 and state <> 'done'",
            )
            .bind(tenant)
            .bind(run.0)
            .execute(conn)
            .await?;
        });
        let tenant = TenantId(tenant);
        self.push_job(run, tenant).await?;
        Ok(RunAgain::Done(tenant))
    }

    /// Ends a sync that is not over; a worker that has it learns so at its next write, which it then does not make.
    /// `None`: it is over, or there is none.
    pub async fn set_run_aside(
        &mut self,
        run: SyncRunId,
        problem: &StepProblem,
        now: DateTime<Utc>,
    ) -> Result<Option<TenantId>> {
        let tenant: Option<Uuid> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_scalar(
            "update sync_runs set status = 'failed', finished_at = $2, lease_until = null, attempts = $3
             where id = $1 and tenant_id is not null and status in ('pending', 'running')
             returning tenant_id"
        )
        .bind(run.0)
        .bind(now)
        .bind(FAILURES_OF_SET_ASIDE)
        .fetch_optional(conn)
        .await?
        });
        let Some(tenant) = tenant else { return Ok(None) };
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "update sync_steps set state = 'failed', finished_at = $3, next_try_at = null, problem = $4
             where tenant_id = $1 and run_id = $2 and state not in ('done', 'failed')"
        )
        .bind(tenant)
        .bind(run.0)
        .bind(now)
        .bind(Json(problem))
        .execute(conn)
        .await?;
        });
        Ok(Some(TenantId(tenant)))
    }
}
