//! Puts a tag on many products, or takes it off them: on the chosen ones, or on all that a question finds.

use super::UNDO;
use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{
    ApiError, FieldError, Permission, TagEditId, TagId,
    catalogue::{Selection, TagDeed, TagEdit},
    product::ProductQuery,
};
use serde_json::json;
use store::{Caller, NewTagEdit};

/// Products that can be named one by one: a page of them.
const NAMED: usize = 200;

/// Who works in the company. `None`: there is no such tag. Products of which it was true already are left alone.
pub async fn edit(
    services: &Services,
    caller: &Caller,
    tag: TagId,
    deed: TagDeed,
    (chosen, query): (&Selection, &ProductQuery),
    client: &Client,
) -> Result<Option<TagEdit>> {
    if !caller.may(Permission::Operate) {
        return Err(ApiError::denied().into());
    }
    let mut errors = query.check();
    if matches!(chosen, Selection::These(products) if products.len() > NAMED) {
        errors.push(FieldError::body(
            "products",
            "too_many",
            "use at most 200, or all of a filter",
        ));
    }
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let now = services.clock.now();
    let id: TagEditId = services.clock.new_id();

    let mut tx = services.store.write(caller).await?;
    tx.forget_tag_edits(now - UNDO).await?;
    let Some(tag) = tx.tags().await?.into_iter().find(|known| known.id == tag) else {
        return Ok(None);
    };
    let new = NewTagEdit { id, tag: tag.id, deed, made_by: caller.user_id(), now };
    let changed = tx.edit_tags(&new, chosen, query).await?;
    let details = json!({ "name": tag.name, "deed": deed, "products": changed });
    tx.audit(&audit::entry(services, caller, client, Action::TagsChanged, details)).await?;
    tx.commit().await?;
    Ok(Some(TagEdit { id, tag, deed, changed, undo_until: now + UNDO }))
}
