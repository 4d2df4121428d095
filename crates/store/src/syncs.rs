//! Synchronisations as a person sees them: runs with their steps. Never decides what happens next.

use crate::{
    error::{Error, Result},
    freshness::step_kind,
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{
    AccountId, Marketplace, SyncRunId,
    sync::{StepKind, StepProblem, StepProblemCode, StepState, SyncRun, SyncStatus, SyncStep},
};
use sqlx::{FromRow, types::Json};
use std::collections::HashMap;
use uuid::Uuid;

#[derive(FromRow)]
struct RunRow {
    id: Uuid,
    account_id: Uuid,
    marketplace: String,
    status: String,
    created_at: DateTime<Utc>,
    started_at: Option<DateTime<Utc>>,
    finished_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct StepRow {
    run_id: Uuid,
    kind: String,
    state: String,
    rows: i64,
    changed: i64,
    quarantined: i64,
    expected: Option<i64>,
    requests: i64,
    waited_ms: i64,
    started_at: Option<DateTime<Utc>>,
    finished_at: Option<DateTime<Utc>>,
    next_try_at: Option<DateTime<Utc>>,
    problem: Option<Json<StepProblem>>,
}

impl StepRow {
    fn step(self) -> Result<SyncStep> {
        Ok(SyncStep {
            kind: step_kind(&self.kind)?,
            state: step_state(&self.state)?,
            rows: self.rows,
            changed: self.changed,
            quarantined: self.quarantined,
            expected: self.expected,
            requests: self.requests,
            waited_ms: self.waited_ms,
            started_at: self.started_at,
            finished_at: self.finished_at,
            next_try_at: self.next_try_at,
            problem: self.problem.map(|Json(problem)| problem),
        })
    }
}

impl RunRow {
    fn run(self, steps: Vec<SyncStep>) -> Result<SyncRun> {
        let marketplace: Marketplace = self.marketplace.parse().map_err(|_| Error::Corrupt {
            column: "marketplace",
            value: self.marketplace.clone(),
        })?;
        // What ended by a person's word is stored as what it brought; its steps say by whose word.
        let is_cut = |step: &SyncStep| {
            step.problem.as_ref().is_some_and(|problem| problem.code == StepProblemCode::Cancelled)
        };
        let status = match sync_status(&self.status)? {
            SyncStatus::Failed | SyncStatus::Partial if steps.iter().any(is_cut) => {
                SyncStatus::Cancelled
            }
            status => status,
        };
        Ok(SyncRun {
            id: SyncRunId(self.id),
            account_id: AccountId(self.account_id),
            marketplace,
            status,
            created_at: self.created_at,
            started_at: self.started_at,
            finished_at: self.finished_at,
            steps,
        })
    }
}

fn step_state(word: &str) -> Result<StepState> {
    use StepState as S;
    [S::Waiting, S::Running, S::Postponed, S::Done, S::Failed]
        .into_iter()
        .find(|state| state.as_str() == word)
        .ok_or_else(|| Error::Corrupt { column: "state", value: word.to_owned() })
}

pub(crate) fn sync_status(word: &str) -> Result<SyncStatus> {
    use SyncStatus as S;
    [S::Pending, S::Running, S::Completed, S::Partial, S::Failed]
        .into_iter()
        .find(|status| status.as_str() == word)
        .ok_or_else(|| Error::Corrupt { column: "status", value: word.to_owned() })
}

impl TenantTx {
    /// Creates a run with all its steps waiting, unless one is under way: then that one is told, with its status.
    pub async fn create_run(
        &mut self,
        id: SyncRunId,
        account: AccountId,
        now: DateTime<Utc>,
        requested_by: Option<domain::UserId>,
    ) -> Result<std::result::Result<(), (SyncRunId, SyncStatus)>> {
        self.create_run_of(id, account, now, requested_by, None).await
    }

    /// The same by a shop's schedule, with those steps alone that bring what is due, and our own sums after them.
    pub async fn create_due_run(
        &mut self,
        id: SyncRunId,
        account: AccountId,
        now: DateTime<Utc>,
        due: &[StepKind],
    ) -> Result<std::result::Result<(), (SyncRunId, SyncStatus)>> {
        self.create_run_of(id, account, now, None, Some(due)).await
    }

    async fn create_run_of(
        &mut self,
        id: SyncRunId,
        account: AccountId,
        now: DateTime<Utc>,
        requested_by: Option<domain::UserId>,
        due: Option<&[StepKind]>,
    ) -> Result<std::result::Result<(), (SyncRunId, SyncStatus)>> {
        let tenant = self.tenant();
        let origin = if due.is_some() { "schedule" } else { "asked" };
        // The run under way may end between the two statements; then the second round creates.
        loop {
            let created = on_engine!(&mut self.tx, |conn| {
                sqlx::query(
                "insert into sync_runs (tenant_id, id, account_id, status, requested_by, created_at, next_run_at, attempts,
                   origin)
                 values ($1, $2, $3, 'pending', $4, $5, $5, 0, $6)
                 on conflict (tenant_id, account_id) where status in ('pending', 'running') do nothing"
            )
            .bind(tenant)
            .bind(id.0)
            .bind(account.0)
            .bind(requested_by.map(|user| user.0))
            .bind(now)
            .bind(origin)
            .execute(conn)
            .await?
            .rows_affected()
            });
            if created == 1 {
                break;
            }
            let running: Option<(Uuid, String)> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
                "select id, status from sync_runs
                 where tenant_id = $1 and account_id = $2 and status in ('pending', 'running')"
            )
            .bind(tenant)
            .bind(account.0)
            .fetch_optional(conn)
            .await?);
            if let Some((id, status)) = running {
                return Ok(Err((SyncRunId(id), sync_status(&status)?)));
            }
        }
        let marketplace: String = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select marketplace from accounts where tenant_id = $1 and id = $2"
        )
        .bind(tenant)
        .bind(account.0)
        .fetch_one(conn)
        .await?);
        let marketplace: Marketplace = marketplace
            .parse()
            .map_err(|_| Error::Corrupt { column: "marketplace", value: marketplace })?;
        let wanted = |kind: &StepKind| {
            *kind == StepKind::Measures || due.is_none_or(|due| due.contains(kind))
        };
        let steps = (0_i64..).zip(StepKind::of(marketplace));
        for (position, kind) in steps.filter(|(_, kind)| wanted(kind)) {
            on_engine!(&mut self.tx, |conn| {
                sqlx::query(
                "insert into sync_steps (tenant_id, run_id, kind, position, state, rows, changed, requests, waited_ms)
                 values ($1, $2, $3, $4, 'waiting', 0, 0, 0, 0)"
            )
            .bind(tenant)
            .bind(id.0)
            .bind(kind.as_str())
            .bind(position)
            .execute(conn).await?;
            });
        }
        Ok(Ok(()))
    }

    /// When somebody last asked for a sync of the shop that brought something, other than this one.
    pub async fn last_sync(
        &mut self,
        account: AccountId,
        but: SyncRunId,
    ) -> Result<Option<DateTime<Utc>>> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query_scalar(
            "select created_at from sync_runs
             where tenant_id = $1 and account_id = $2 and id <> $3 and status <> 'failed' and origin = 'asked'
             order by created_at desc limit 1"
        )
        .bind(tenant)
        .bind(account.0)
        .bind(but.0)
        .fetch_optional(conn)
        .await?
        }))
    }

    /// Whether a person asked for a run; a schedule's nobody did.
    pub async fn was_asked_for(&mut self, run: SyncRunId) -> Result<bool> {
        let tenant = self.tenant();
        let by: Option<Option<Uuid>> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select requested_by from sync_runs where tenant_id = $1 and id = $2"
        )
        .bind(tenant)
        .bind(run.0)
        .fetch_optional(conn)
        .await?);
        Ok(by.flatten().is_some())
    }

    /// A run with its steps.
    pub async fn run(&mut self, id: SyncRunId) -> Result<Option<SyncRun>> {
        let tenant = self.tenant();
        let row: Option<RunRow> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select r.id, r.account_id, a.marketplace, r.status, r.created_at, r.started_at, r.finished_at
             from sync_runs r join accounts a on a.tenant_id = r.tenant_id and a.id = r.account_id
             where r.tenant_id = $1 and r.id = $2"
        )
        .bind(tenant)
        .bind(id.0)
        .fetch_optional(conn)
        .await?
        });
        let Some(row) = row else { return Ok(None) };
        let steps: Vec<StepRow> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select run_id, kind, state, rows, changed, quarantined, expected, requests, waited_ms, started_at, finished_at,
               next_try_at, problem
             from sync_steps where tenant_id = $1 and run_id = $2 order by position"
        )
        .bind(tenant)
        .bind(id.0)
        .fetch_all(conn)
        .await?
        });
        let steps = steps.into_iter().map(StepRow::step).collect::<Result<_>>()?;
        row.run(steps).map(Some)
    }

    /// Those under way, at most one of each account, and the latest ones that ended since a moment.
    pub async fn runs_since(&mut self, moment: DateTime<Utc>) -> Result<Vec<SyncRun>> {
        let tenant = self.tenant();
        let ids: Vec<Uuid> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select id from sync_runs where tenant_id = $1 and status in ('pending', 'running')
             union
             select id from (select id, finished_at from sync_runs where tenant_id = $1
               order by created_at desc, id desc limit 8) as latest
             where finished_at >= $2"
        )
        .bind(tenant)
        .bind(moment)
        .fetch_all(conn)
        .await?);
        let mut runs = Vec::with_capacity(ids.len());
        for id in ids {
            runs.extend(self.run(SyncRunId(id)).await?);
        }
        Ok(runs)
    }

    /// Ends a run that is under way, whoever works on it: with the run they lose their lease, and write nothing more.
    /// Steps that had not ended take the problem, whose code is `cancelled`. One that had not begun brought nothing and
    /// counts for no limit. `false`: it was over, or is not there.
    pub async fn cancel_run(
        &mut self,
        id: SyncRunId,
        problem: &StepProblem,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let tenant = self.tenant();
        let ended = on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "update sync_runs set status = case when started_at is null then 'failed' else 'partial' end,
               finished_at = $3, lease_until = null
             where tenant_id = $1 and id = $2 and status in ('pending', 'running')"
        )
        .bind(tenant)
        .bind(id.0)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected()
        });
        if ended == 0 {
            return Ok(false);
        }
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
                "update sync_steps set state = 'failed', finished_at = $3, next_try_at = null, problem = $4
                 where tenant_id = $1 and run_id = $2 and state not in ('done', 'failed')",
            )
            .bind(tenant)
            .bind(id.0)
            .bind(now)
            .bind(Json(problem))
            .execute(conn)
            .await?;
        });
        Ok(true)
    }

    /// The latest runs of all accounts, newest first.
    pub async fn runs(&mut self, limit: u32) -> Result<Vec<SyncRun>> {
        let tenant = self.tenant();
        let limit = i64::from(limit);
        let rows: Vec<RunRow> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select r.id, r.account_id, a.marketplace, r.status, r.created_at, r.started_at, r.finished_at
             from sync_runs r join accounts a on a.tenant_id = r.tenant_id and a.id = r.account_id
             where r.tenant_id = $1 order by r.created_at desc, r.id desc limit $2"
        )
        .bind(tenant)
        .bind(limit)
        .fetch_all(conn)
        .await?
        });
        let steps: Vec<StepRow> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select run_id, kind, state, rows, changed, quarantined, expected, requests, waited_ms, started_at, finished_at,
               next_try_at, problem
             from sync_steps where tenant_id = $1 and run_id in
               (select id from sync_runs where tenant_id = $1 order by created_at desc, id desc limit $2)
             order by run_id, position"
        )
        .bind(tenant)
        .bind(limit)
        .fetch_all(conn)
        .await?
        });
        let mut of_run: HashMap<Uuid, Vec<SyncStep>> = HashMap::new();
        for step in steps {
            of_run.entry(step.run_id).or_default().push(step.step()?);
        }
        rows.into_iter()
            .map(|row| {
                let steps = of_run.remove(&row.id).unwrap_or_default();
                row.run(steps)
            })
            .collect()
    }
}
