//! Writes a note on a product.

use crate::{
    Caller, Client, Result, Services,
    audit::{self, Action},
};
use domain::{
    ApiError, NoteId, Permission, ProductId,
    ordering::{NewNote, Note},
};
use serde_json::json;

/// Whoever may export. `None`: the product is not there, or another tenant's. 422 for a text that is none.
pub async fn add(
    services: &Services,
    caller: &Caller,
    product: ProductId,
    note: NewNote,
    client: &Client,
) -> Result<Option<Note>> {
    if !caller.may(Permission::Export) {
        return Err(ApiError::denied().into());
    }
    let errors = note.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let id: NoteId = services.clock.new_id();
    let mut tx = services.store.write(caller).await?;
    if tx.listed_product(product).await?.is_none() {
        return Ok(None);
    }
    let now = services.clock.now();
    tx.add_note(id, product, caller.user_id(), note.body.trim(), now).await?;
    let details = json!({ "product": product, "note": id });
    tx.audit(&audit::entry(services, caller, client, Action::NoteAdded, details)).await?;
    let notes = tx.notes(product, |author| super::may_delete(caller, author)).await?;
    tx.commit().await?;
    Ok(notes.into_iter().find(|note| note.id == id))
}
