//! The company's tags.

use crate::{Caller, Result, Services};
use domain::catalogue::Tag;

/// By name.
pub async fn list(services: &Services, caller: &Caller) -> Result<Vec<Tag>> {
    let mut tx = services.store.read(caller).await?;
    let tags = tx.tags().await?;
    tx.commit().await?;
    Ok(tags)
}
