//! Saves a view.

use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{
    ApiError, ErrorCode, Permission, ViewId,
    catalogue::{NewView, View},
};
use serde_json::json;
use store::Caller;

/// More nobody finds again.
const MOST: usize = 100;

/// An own one: everybody but those who only look; a shared one: who works in the company. 409 when there are too many.
pub async fn create(
    services: &Services,
    caller: &Caller,
    request: &NewView,
    client: &Client,
) -> Result<View> {
    let needed = if request.shared { Permission::Operate } else { Permission::Export };
    if !caller.may(needed) {
        return Err(ApiError::denied().into());
    }
    let user = caller.user_id();
    if user.is_none() && !request.shared {
        return Err(ApiError::person_required().into());
    }
    let errors = request.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let id: ViewId = services.clock.new_id();

    let mut tx = services.store.write(caller).await?;
    tx.lock_tenant().await?;
    if tx.product_views(user).await?.len() >= MOST {
        let detail = "There are 100 views already: delete those that nobody uses.";
        return Err(ApiError::new(ErrorCode::Conflict, detail).into());
    }
    tx.add_product_view(id, user, request, services.clock.now()).await?;
    let details = json!({ "name": request.name.trim(), "shared": request.shared });
    tx.audit(&audit::entry(services, caller, client, Action::ViewSaved, details)).await?;
    tx.commit().await?;
    Ok(View {
        id,
        name: request.name.trim().to_owned(),
        query: request.query.clone(),
        shared: request.shared,
        owner: user,
        own: user.is_some(),
    })
}
