//! Removes a tag from the company and from every product.

use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{ApiError, Permission, TagId};
use serde_json::json;
use store::Caller;

/// Who works in the company. `None`: it is not there.
pub async fn delete(
    services: &Services,
    caller: &Caller,
    id: TagId,
    client: &Client,
) -> Result<Option<()>> {
    if !caller.may(Permission::Operate) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.write(caller).await?;
    let Some(tag) = tx.tags().await?.into_iter().find(|tag| tag.id == id) else {
        return Ok(None);
    };
    if !tx.delete_tag(id).await? {
        return Ok(None);
    }
    let details = json!({ "name": tag.name });
    tx.audit(&audit::entry(services, caller, client, Action::TagDeleted, details)).await?;
    tx.commit().await?;
    Ok(Some(()))
}
