//! Gives a company another plan, suspends it, lets it work again: in the operators' log and in the company's own.

use super::{Operator, companies::shown, note};
use crate::{
    Services,
    audit::{Action, by_operator_of},
    error::Result,
};
use domain::{
    TenantId,
    operator::{CompanyPatch, OperatorCompany},
};
use serde_json::json;
use store::Reason;

/// The company as it is then; what it has already is no change. `None`: there is no such company.
pub async fn change_company(
    services: &Services,
    operator: &Operator,
    tenant: TenantId,
    patch: &CompanyPatch,
) -> Result<Option<OperatorCompany>> {
    let mut tx = services.store.system_write(Reason::Operator).await?;
    let Some(before) = tx.company_size(tenant).await?.map(shown) else { return Ok(None) };
    let mut done = Vec::new();
    if let Some(plan) = patch.plan.filter(|plan| *plan != before.plan) {
        tx.set_plan(tenant, plan).await?;
        done.push((Action::PlanChanged, json!({ "plan": plan })));
    }
    if let Some(suspended) = patch.suspended.filter(|suspended| *suspended != before.suspended) {
        tx.set_tenant_active(tenant, !suspended, services.clock.now()).await?;
        let action = if suspended { Action::TenantSuspended } else { Action::TenantResumed };
        done.push((action, json!({})));
    }
    for (action, details) in &done {
        tx.audit(tenant, &by_operator_of(services, *action, details.clone())).await?;
    }
    let after = tx.company_size(tenant).await?.map(shown);
    for (action, mut details) in done {
        details["tenant"] = json!(tenant);
        note(services, &mut tx, operator, action, details).await?;
    }
    tx.commit().await?;
    Ok(after)
}
