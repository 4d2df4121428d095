//! Suspends a company and lets it work again. Every server sees it when its last look-up is half a second old.

use super::record;
use crate::{Services, audit::Action, error::Result};
use domain::TenantId;
use serde_json::json;
use store::Reason;

/// Nobody of the company gets in until it is resumed; its data stays. False when there is no such company.
pub async fn suspend(services: &Services, tenant: TenantId) -> Result<bool> {
    set_active(services, tenant, false, Action::TenantSuspended).await
}

/// Lets its people in again. False when there is no such company.
pub async fn resume(services: &Services, tenant: TenantId) -> Result<bool> {
    set_active(services, tenant, true, Action::TenantResumed).await
}

async fn set_active(
    services: &Services,
    tenant: TenantId,
    active: bool,
    action: Action,
) -> Result<bool> {
    let mut tx = services.store.system_write(Reason::Operator).await?;
    if !tx.set_tenant_active(tenant, active, services.clock.now()).await? {
        return Ok(false);
    }
    record(services, &mut tx, tenant, action, json!({})).await?;
    tx.commit().await?;
    Ok(true)
}
