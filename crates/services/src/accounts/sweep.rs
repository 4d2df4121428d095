//! Forgets sign-ins that ended long ago, with their refresh tokens, and links whose time is over.

use crate::{Services, error::Result};
use chrono::TimeDelta;
use store::Reason;

/// So long an ended sign-in is kept, to tell a spent token from an unknown one.
const KEPT: TimeDelta = TimeDelta::days(30);

/// Removes them, a thousand at a time. Tells how many.
pub async fn sweep(services: &Services) -> Result<u64> {
    let mut tx = services.store.system_write(Reason::Operator).await?;
    tx.remove_dead_mail_links(services.clock.now()).await?;
    tx.commit().await?;
    let before = services.clock.now() - KEPT;
    let mut removed = 0;
    loop {
        let mut tx = services.store.system_write(Reason::Operator).await?;
        let some = tx.remove_dead_sessions(before).await?;
        tx.commit().await?;
        removed += some;
        if some == 0 {
            break;
        }
    }
    let mut tx = services.store.system_write(Reason::Operator).await?;
    removed += tx.remove_dead_links(before).await?;
    tx.commit().await?;
    Ok(removed)
}
