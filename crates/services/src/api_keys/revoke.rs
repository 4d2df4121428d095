//! Takes a key away: here at once, everywhere within a second.

use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{ApiError, ApiKeyId, Permission};
use serde_json::json;
use store::Caller;

/// Owners and admins, up to their own role. `None`: there is no such key in this company.
pub async fn revoke(
    services: &Services,
    caller: &Caller,
    key: ApiKeyId,
    client: &Client,
) -> Result<Option<()>> {
    let Some(own) = caller.role().filter(|role| role.may(Permission::Administer)) else {
        return Err(ApiError::denied().into());
    };
    let mut tx = services.store.write(caller).await?;
    tx.lock_tenant().await?;
    let Some(stored) = tx.api_keys().await?.into_iter().find(|stored| stored.key.id == key) else {
        return Ok(None);
    };
    if !own.covers(stored.key.role) {
        return Err(ApiError::denied().into());
    }
    tx.remove_api_key(key).await?;
    let details = json!({ "name": stored.key.name, "role": stored.key.role });
    tx.audit(&audit::entry(services, caller, client, Action::ApiKeyRevoked, details)).await?;
    tx.commit().await?;
    services.inner.key_callers.forget(stored.hash).await;
    Ok(Some(()))
}
