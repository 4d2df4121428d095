//! The views that somebody sees.

use crate::{Caller, Result, Services};
use domain::catalogue::View;

/// The company's shared ones and the caller's own, the oldest first.
pub async fn list(services: &Services, caller: &Caller) -> Result<Vec<View>> {
    let mut tx = services.store.read(caller).await?;
    let views = tx.product_views(caller.user_id()).await?;
    tx.commit().await?;
    Ok(views)
}
