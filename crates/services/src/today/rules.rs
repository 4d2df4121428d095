//! The company's rules of orders.

use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{ApiError, Permission, today::PlanningRules};
use serde_json::json;
use store::Caller;

/// As they are.
pub async fn rules(services: &Services, caller: &Caller) -> Result<PlanningRules> {
    if !caller.may(Permission::Read) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.read(caller).await?;
    let rules = tx.planning_rules().await?;
    tx.commit().await?;
    Ok(rules)
}

/// Other ones, from the next synchronisation on. Owners and admins. 422 for days out of bounds.
pub async fn set_rules(
    services: &Services,
    caller: &Caller,
    rules: PlanningRules,
    client: &Client,
) -> Result<()> {
    if !caller.may(Permission::Operate) {
        return Err(ApiError::denied().into());
    }
    let errors = rules.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let mut tx = services.store.write(caller).await?;
    tx.set_planning_rules(rules).await?;
    let entry = audit::entry(services, caller, client, Action::PlanningRulesChanged, json!(rules));
    tx.audit(&entry).await?;
    tx.commit().await?;
    Ok(())
}
