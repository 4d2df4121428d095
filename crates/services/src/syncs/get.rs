//! One sync with its steps.

use crate::{Caller, Result, Services};
use domain::{SyncRunId, sync::SyncRun};

/// `None`: not there, or another tenant's.
pub async fn get(services: &Services, caller: &Caller, id: SyncRunId) -> Result<Option<SyncRun>> {
    let mut tx = services.store.read(caller).await?;
    let run = tx.run(id).await?;
    tx.commit().await?;
    Ok(run)
}
