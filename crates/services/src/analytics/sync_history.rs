//! The log of synchronisations, a line each.

use crate::{Caller, Result, Services};
use chrono::TimeDelta;
use domain::{ApiError, Permission, analytics::SyncHistoryEntry};
use store::LoggedRun;

/// Those asked for in the last `days` times 24 hours, newest first.
pub async fn sync_history(
    services: &Services,
    caller: &Caller,
    days: u32,
    limit: u32,
) -> Result<Vec<SyncHistoryEntry>> {
    if !caller.may(Permission::Read) {
        return Err(ApiError::denied().into());
    }
    let since = services.clock.now() - TimeDelta::days(i64::from(days));
    let mut tx = services.store.read(caller).await?;
    let runs = tx.logged_runs(since, limit).await?;
    tx.commit().await?;
    Ok(runs
        .into_iter()
        .map(|run| SyncHistoryEntry {
            id: run.id,
            started_at: run.started_at,
            completed_at: run.finished_at,
            status: run.status,
            products_synced: run.products,
            duration_ms: duration_ms(&run),
            message: run.problem.map(|problem| problem.detail),
        })
        .collect())
}

/// From its first step to its end.
pub(super) fn duration_ms(run: &LoggedRun) -> Option<i64> {
    Some((run.finished_at? - run.started_at?).num_milliseconds())
}
