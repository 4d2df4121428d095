//! Ends a sync before its end. Whoever works on it loses the run at its next write, and stops.

use crate::{Caller, Client, Result, Services, audit};
use domain::{
    ApiError, Permission, SyncRunId,
    sync::{StepProblem, StepProblemCode, SyncRun},
};
use serde_json::json;

/// The sync as it stands afterwards; one that was over is told as it is, and nothing is noted. What was read until now
/// stays. `None`: not there, or another tenant's.
///
/// Errors: 403 for roles that may not operate.
pub async fn cancel(
    services: &Services,
    caller: &Caller,
    id: SyncRunId,
    client: &Client,
) -> Result<Option<SyncRun>> {
    if !caller.may(Permission::Operate) {
        return Err(ApiError::denied().into());
    }
    let now = services.clock.now();
    let problem = StepProblem {
        code: StepProblemCode::Cancelled,
        detail: "The sync was cancelled before this step ended.".into(),
    };
    let mut tx = services.store.write(caller).await?;
    let ended = tx.cancel_run(id, &problem, now).await?;
    let run = tx.run(id).await?;
    if ended {
        let entry = audit::entry(
            services,
            caller,
            client,
            audit::Action::SyncCancelled,
            json!({ "run": id }),
        );
        tx.audit(&entry).await?;
    }
    tx.commit().await?;
    if let Some(run) = run.clone().filter(|_| ended) {
        services.progress().tell(caller.tenant_id(), run);
    }
    Ok(run)
}
