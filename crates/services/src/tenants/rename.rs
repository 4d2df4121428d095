//! Gives the company another name.

use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{ApiError, Permission, tenant::TenantPatch};
use serde_json::json;
use store::Caller;

/// Owners only. 422 for a name that is too short or too long.
pub async fn rename(
    services: &Services,
    caller: &Caller,
    patch: TenantPatch,
    client: &Client,
) -> Result<()> {
    if !caller.may(Permission::Own) {
        return Err(ApiError::denied().into());
    }
    let errors = patch.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let name = patch.name.trim();
    let mut tx = services.store.write(caller).await?;
    if !tx.rename(name, services.clock.now()).await? {
        return Err(ApiError::unauthenticated().into());
    }
    let entry =
        audit::entry(services, caller, client, Action::TenantRenamed, json!({ "name": name }));
    tx.audit(&entry).await?;
    tx.commit().await?;
    Ok(())
}
