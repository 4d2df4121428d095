//! The company's keys, without themselves.

use crate::{Services, error::Result};
use domain::{ApiError, Permission, api_key::ApiKey};
use store::Caller;

/// Owners and admins. The newest first, those that have ended included.
pub async fn list(services: &Services, caller: &Caller) -> Result<Vec<ApiKey>> {
    if !caller.may(Permission::Administer) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.read(caller).await?;
    let keys = tx.api_keys().await?;
    tx.commit().await?;
    Ok(keys.into_iter().map(|stored| stored.key).collect())
}
