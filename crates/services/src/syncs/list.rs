//! The log of syncs.

use crate::{Caller, Result, Services};
use domain::sync::SyncRun;

/// More are never listed at once.
const MOST: u32 = 200;

/// The latest, newest first.
pub async fn list(services: &Services, caller: &Caller, limit: u32) -> Result<Vec<SyncRun>> {
    let mut tx = services.store.read(caller).await?;
    let runs = tx.runs(limit.min(MOST)).await?;
    tx.commit().await?;
    Ok(runs)
}
