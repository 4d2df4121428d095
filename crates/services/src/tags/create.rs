//! Makes a tag.

use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{
    ApiError, ErrorCode, FieldError, Permission, TagId,
    catalogue::{NewTag, Tag},
    validation::fold,
};
use serde_json::json;
use store::{Caller, NewTagRow};

/// More are no order any more.
const MOST: usize = 100;

/// Who works in the company. 409 when there are too many; 422 for a name that is taken.
pub async fn create(
    services: &Services,
    caller: &Caller,
    request: &NewTag,
    client: &Client,
) -> Result<Tag> {
    if !caller.may(Permission::Operate) {
        return Err(ApiError::denied().into());
    }
    let errors = request.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let id: TagId = services.clock.new_id();
    let (name, color) = (request.name.trim(), request.color);
    let new = NewTagRow { id, name, key: &fold(name), color, now: services.clock.now() };

    let mut tx = services.store.write(caller).await?;
    tx.lock_tenant().await?;
    if tx.tags().await?.len() >= MOST {
        let detail = "There are 100 tags already: delete those that nobody uses.";
        return Err(ApiError::new(ErrorCode::Conflict, detail).into());
    }
    if !tx.add_tag(&new).await? {
        let taken = FieldError::body("name", "taken", "another tag is called so");
        return Err(ApiError::validation(vec![taken]).into());
    }
    let details = json!({ "name": name });
    tx.audit(&audit::entry(services, caller, client, Action::TagMade, details)).await?;
    tx.commit().await?;
    Ok(Tag { id, name: name.to_owned(), color })
}
