//! How many products have how many pieces.

use crate::{Caller, Result, Services};
use domain::{ApiError, Permission, analytics::StockDistribution};

/// Every listed product is in one bucket; what was never read in a bucket of its own.
pub async fn stock_distribution(services: &Services, caller: &Caller) -> Result<StockDistribution> {
    if !caller.may(Permission::Read) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.read(caller).await?;
    let distribution = tx.stock_distribution().await?;
    tx.commit().await?;
    Ok(distribution)
}
