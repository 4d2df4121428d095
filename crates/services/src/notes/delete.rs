//! Takes a note away.

use super::may_delete;
use crate::{
    Caller, Client, Result, Services,
    audit::{self, Action},
};
use domain::{ApiError, NoteId, Permission};
use serde_json::json;

/// Its author, owners and admins. Whether it was there; another tenant's is not.
pub async fn delete(
    services: &Services,
    caller: &Caller,
    id: NoteId,
    client: &Client,
) -> Result<bool> {
    if !caller.may(Permission::Export) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.write(caller).await?;
    let Some((product, author)) = tx.note_author(id).await? else { return Ok(false) };
    if !may_delete(caller, author) {
        return Err(ApiError::denied().into());
    }
    tx.delete_note(id).await?;
    let details = json!({ "product": product, "note": id });
    tx.audit(&audit::entry(services, caller, client, Action::NoteDeleted, details)).await?;
    tx.commit().await?;
    Ok(true)
}
