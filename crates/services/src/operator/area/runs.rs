//! Syncs of all companies, and what an operator may do with one.

use super::{Operator, looked, note, page};
use crate::{
    Services,
    audit::{Action, by_operator_of},
    error::Result,
};
use domain::{
    ApiError, ErrorCode, SyncRunId, TenantId,
    operator::{OperatorSync, OperatorSyncs, RunsQuery, StepTrouble, check_limit},
    sync::{StepProblem, StepProblemCode},
};
use serde_json::json;
use store::{OperatorRun, Reason, RunAgain, SystemTx};

/// A page of syncs, the latest asked for first. 422 for a limit beyond the rule.
pub async fn runs(
    services: &Services,
    operator: &Operator,
    query: &RunsQuery,
) -> Result<OperatorSyncs> {
    let errors = check_limit(query.limit);
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let details = json!({ "page": "queue", "state": query.state, "tenant": query.tenant });
    looked(services, operator, details).await?;
    let now = services.clock.now();
    let mut tx = services.store.system_read(Reason::Operator).await?;
    let most = i64::from(query.limit) + 1;
    let runs = tx.operator_runs(query.state, query.tenant, query.cursor, now, most).await?;
    tx.commit().await?;
    let (runs, next_cursor) = page(runs, query.limit, |run| run.run);
    Ok(OperatorSyncs { items: runs.into_iter().map(sync).collect(), next_cursor })
}

/// Has a sync tried again at once, with the steps that are not done; the marketplace's limits hold. False when there is
/// no such sync, a worker has it, or nothing of it is left to do; 409 when another one of its shop is under way.
pub async fn run_again(services: &Services, operator: &Operator, run: SyncRunId) -> Result<bool> {
    let mut tx = services.store.system_write(Reason::Operator).await?;
    match tx.run_again(run, services.clock.now()).await? {
        RunAgain::Nothing => Ok(false),
        RunAgain::Busy => Err(ApiError::new(
            ErrorCode::Conflict,
            "Another sync of this shop is under way: look at it first.",
        )
        .into()),
        RunAgain::Done(tenant) => {
            tell(services, &mut tx, operator, tenant, run, Action::SyncTriedAgain).await?;
            tx.commit().await?;
            Ok(true)
        }
    }
}

/// Ends a sync that is not over: what it brought so far stays. False when there is none.
pub async fn set_aside(services: &Services, operator: &Operator, run: SyncRunId) -> Result<bool> {
    let detail = "Set aside by the operator of this installation.".to_owned();
    let problem = StepProblem { code: StepProblemCode::Internal, detail };
    let mut tx = services.store.system_write(Reason::Operator).await?;
    let Some(tenant) = tx.set_run_aside(run, &problem, services.clock.now()).await? else {
        return Ok(false);
    };
    tell(services, &mut tx, operator, tenant, run, Action::SyncSetAside).await?;
    tx.commit().await?;
    Ok(true)
}

/// Both logs; the last thing before the commit.
async fn tell(
    services: &Services,
    tx: &mut SystemTx,
    operator: &Operator,
    tenant: TenantId,
    run: SyncRunId,
    action: Action,
) -> Result<()> {
    tx.audit(tenant, &by_operator_of(services, action, json!({ "sync": run }))).await?;
    let details = json!({ "sync": run, "tenant": tenant });
    note(services, tx, operator, action, details).await
}

/// A sync as the operator sees it.
pub(super) fn sync(run: OperatorRun) -> OperatorSync {
    let problems = run.problems.into_iter();
    OperatorSync {
        id: run.run,
        tenant_id: run.tenant,
        company: run.company,
        account_id: run.account,
        marketplace: run.marketplace,
        status: run.status,
        scheduled: run.scheduled,
        created_at: run.created_at,
        next_run_at: run.next_run_at,
        lease_until: run.lease_until,
        finished_at: run.finished_at,
        failures: run.failures,
        deaths: run.deaths,
        problems: problems.map(|(step, problem)| StepTrouble { step, problem }).collect(),
    }
}
