//! What the plan allows and what of it is used.

use crate::{Caller, Services, error::Result};
use domain::{
    ApiError, Permission,
    plan::{Usage, Used},
};

/// Everybody in the company may know.
pub async fn usage(services: &Services, caller: &Caller) -> Result<Usage> {
    if !caller.may(Permission::Read) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.read(caller).await?;
    let (plan, counts) = (tx.plan().await?, tx.counts().await?);
    tx.commit().await?;
    let limits = plan.limits();
    let calls = services.inner.calls.used(caller.tenant_id(), plan, services.clock.now());
    Ok(Usage {
        plan,
        products: Used { used: counts.products, limit: limits.products },
        accounts: Used { used: counts.accounts, limit: limits.accounts },
        members: Used { used: counts.members, limit: limits.members },
        api_calls: Used { used: calls, limit: Some(limits.api_calls.into()) },
        sync_interval_s: limits.sync_interval_s,
        history_days: limits.history_days,
    })
}
