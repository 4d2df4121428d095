//! What a person decides of a shop: its name, its colour, when it is read.

use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
    syncs,
};
use domain::{AccountId, ApiError, Permission, account::Account, shop::ShopPatch};
use serde_json::json;
use store::Caller;

/// Owners and admins. An absent field stays as it is. `None`: not there, or another company's. 422 for a name or a
/// schedule that can't be one.
pub async fn change(
    services: &Services,
    caller: &Caller,
    id: AccountId,
    patch: ShopPatch,
    client: &Client,
) -> Result<Option<Account>> {
    if !caller.may(Permission::Operate) {
        return Err(ApiError::denied().into());
    }
    let errors = patch.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let now = services.clock.now();
    let mut tx = services.store.write(caller).await?;
    tx.lock_tenant().await?;
    let Some(before) = tx.account(id).await? else { return Ok(None) };
    let name = match &patch.name {
        Some(name) => name.as_deref().map(|name| name.trim().to_owned()),
        None => tx.own_name(id).await?,
    };
    let colour = patch.colour.unwrap_or(before.colour);
    let schedule = patch.schedule.clone().unwrap_or_else(|| before.schedule.clone());
    if !tx.change_account(id, name.as_deref(), colour, &schedule, now).await? {
        return Ok(None);
    }
    if schedule != before.schedule {
        syncs::schedule::replan(services, &mut tx, id).await?;
    }
    let details = json!({
        "account": id, "name": name, "colour": colour, "automatic": schedule.automatic, "cron": schedule.cron,
    });
    tx.audit(&audit::entry(services, caller, client, Action::ShopChanged, details)).await?;
    tx.commit().await?;
    super::get(services, caller, id).await
}
