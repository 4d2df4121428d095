//! Deletes a view.

use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{ApiError, Permission, ViewId};
use serde_json::json;
use store::Caller;

/// Who saved it; a shared one also owners and admins. `None`: it is not there, or somebody else's own.
pub async fn delete(
    services: &Services,
    caller: &Caller,
    id: ViewId,
    client: &Client,
) -> Result<Option<()>> {
    if !caller.may(Permission::Export) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.write(caller).await?;
    let seen = tx.product_views(caller.user_id()).await?;
    let Some(view) = seen.into_iter().find(|view| view.id == id) else { return Ok(None) };
    if !view.own && !caller.may(Permission::Administer) {
        return Err(ApiError::denied().into());
    }
    if !tx.delete_product_view(id).await? {
        return Ok(None);
    }
    let details = json!({ "name": view.name, "shared": view.shared });
    tx.audit(&audit::entry(services, caller, client, Action::ViewDeleted, details)).await?;
    tx.commit().await?;
    Ok(Some(()))
}
