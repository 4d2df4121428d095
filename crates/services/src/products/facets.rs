//! By what the catalogue can be filtered.

use crate::{Caller, Result, Services};
use domain::catalogue::Facets;

/// The values that occur.
pub async fn facets(services: &Services, caller: &Caller) -> Result<Facets> {
    let mut tx = services.store.read(caller).await?;
    let facets = tx.facets().await?;
    tx.commit().await?;
    Ok(facets)
}
