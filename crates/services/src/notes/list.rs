//! The notes on a product, the newest first.

use super::may_delete;
use crate::{Caller, Result, Services};
use domain::{ProductId, ordering::Note};

/// `None`: the product is not there, or another tenant's.
pub async fn list(
    services: &Services,
    caller: &Caller,
    product: ProductId,
) -> Result<Option<Vec<Note>>> {
    let mut tx = services.store.read(caller).await?;
    if tx.listed_product(product).await?.is_none() {
        return Ok(None);
    }
    let notes = tx.notes(product, |author| may_delete(caller, author)).await?;
    tx.commit().await?;
    Ok(Some(notes))
}
