//! A person takes a product out of what it was seen as one with. It is not suggested to be that again.

use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{ApiError, Permission, ProductId};
use serde_json::json;
use store::Caller;

/// Who works in the company. `None`: it is not there, or one with nothing.
pub async fn unlink(
    services: &Services,
    caller: &Caller,
    id: ProductId,
    client: &Client,
) -> Result<Option<()>> {
    if !caller.may(Permission::Operate) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.write(caller).await?;
    tx.lock_tenant().await?;
    let Some(group) = tx.groups_of(&[id]).await?.remove(&id) else { return Ok(None) };
    let members = tx.group_members(&[group]).await?;
    let others: Vec<(ProductId, ProductId)> = members
        .into_iter()
        .filter(|(member, _)| *member != id)
        .map(|(member, _)| (id, member))
        .collect();
    tx.unlink_product(id).await?;
    tx.decline_links(&others, services.clock.now()).await?;
    let details = json!({ "product": id });
    tx.audit(&audit::entry(services, caller, client, Action::ProductUnlinked, details)).await?;
    tx.commit().await?;
    Ok(Some(()))
}
