//! Gives a company another plan.

use super::record;
use crate::{Services, audit::Action, error::Result};
use domain::{Plan, TenantId};
use serde_json::json;
use store::Reason;

/// False when there is no such company. What it has beyond a smaller plan stays; nothing new is taken.
pub async fn set_plan(services: &Services, tenant: TenantId, plan: Plan) -> Result<bool> {
    let mut tx = services.store.system_write(Reason::Operator).await?;
    if !tx.set_plan(tenant, plan).await? {
        return Ok(false);
    }
    record(services, &mut tx, tenant, Action::PlanChanged, json!({ "plan": plan })).await?;
    tx.commit().await?;
    Ok(true)
}
