//! What of the marketplaces' answers could not be read, for the operator: a changed shape is seen here first.

use crate::{Services, error::Result};
use chrono::TimeDelta;
use domain::TenantId;
use store::{QuarantinedRow, Reason};

/// A row that has not come again for so long is of the past.
const KEPT: TimeDelta = TimeDelta::days(30);

/// The latest rows, of one company or of all.
pub async fn quarantined(
    services: &Services,
    tenant: Option<TenantId>,
    most: i64,
) -> Result<Vec<QuarantinedRow>> {
    let mut tx = services.store.system_read(Reason::Operator).await?;
    let rows = tx.quarantined(tenant, None, most).await?;
    tx.commit().await?;
    Ok(rows)
}

/// Removes what has not come again for a month. Tells how many.
pub async fn forget_quarantine(services: &Services) -> Result<u64> {
    let before = services.clock.now() - KEPT;
    let mut tx = services.store.system_write(Reason::Operator).await?;
    let removed = tx.remove_old_quarantine(before).await?;
    tx.commit().await?;
    Ok(removed)
}
