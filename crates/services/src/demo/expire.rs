//! Removes demos whose day is over, with everything in them.

use crate::{Services, error::Result};
use chrono::TimeDelta;
use store::Reason;

/// Removes them one by one, so that nobody waits long for the database. Tells how many.
pub async fn expire(services: &Services) -> Result<u64> {
    let now = services.clock.now();
    let mut removed = 0;
    loop {
        let mut tx = services.store.system_write(Reason::Operator).await?;
        let Some(tenant) = tx.expired_demo(now).await? else {
            tx.remove_lost_visitors().await?;
            tx.remove_demo_starts(now - TimeDelta::hours(24)).await?;
            tx.commit().await?;
            return Ok(removed);
        };
        tx.remove_tenant(tenant).await?;
        tx.commit().await?;
        tracing::info!(%tenant, "a demo has expired");
        removed += 1;
    }
}
