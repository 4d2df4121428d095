//! The caller's company.

use crate::{Services, error::Result};
use domain::{ApiError, Permission, tenant::Tenant};
use store::Caller;

/// As its members see it.
pub async fn me(services: &Services, caller: &Caller) -> Result<Tenant> {
    if !caller.may(Permission::Read) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.read(caller).await?;
    let tenant = tx.tenant_row().await?;
    tx.commit().await?;
    // It was removed since the caller was looked up.
    Ok(tenant.ok_or_else(ApiError::unauthenticated)?)
}
