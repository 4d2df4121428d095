//! Takes a bulk change back: the products that it changed are as they were.

use super::UNDO;
use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{ApiError, Permission, TagEditId};
use serde_json::json;
use store::Caller;

/// Who works in the company. `None`: there is no such change any more.
pub async fn undo(
    services: &Services,
    caller: &Caller,
    id: TagEditId,
    client: &Client,
) -> Result<Option<()>> {
    if !caller.may(Permission::Operate) {
        return Err(ApiError::denied().into());
    }
    let now = services.clock.now();
    let mut tx = services.store.write(caller).await?;
    let Some(edit) = tx.tag_edit(id).await?.filter(|edit| edit.made_at + UNDO >= now) else {
        return Ok(None);
    };
    tx.undo_tag_edit(id, &edit).await?;
    let details = json!({ "name": edit.tag.name, "deed": edit.deed, "products": edit.changed });
    tx.audit(&audit::entry(services, caller, client, Action::TagsChangeUndone, details)).await?;
    tx.commit().await?;
    Ok(Some(()))
}
