//! Removes a shop with all that was read of it, for good.

use super::seller;
use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{AccountId, ApiError, FieldError, Permission};
use serde_json::json;
use store::Caller;

/// Owners and admins. 422 unless the shop's name was typed as it stands. `None`: not there, or another company's. A sync
/// of it that is under way loses its lease and writes nothing more.
pub async fn remove(
    services: &Services,
    caller: &Caller,
    id: AccountId,
    confirm: &str,
    client: &Client,
) -> Result<Option<()>> {
    if !caller.may(Permission::Operate) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.write(caller).await?;
    tx.lock_tenant().await?;
    super::refuse_demo(&mut tx).await?;
    let Some(shop) = tx.account(id).await? else { return Ok(None) };
    if confirm.trim() != shop.name {
        let wrong = FieldError::body("confirm", "mismatch", "type the shop's name as it stands");
        return Err(ApiError::validation(vec![wrong]).into());
    }
    let seller = tx.set_seller_key(id, None).await?;
    if !tx.remove_account(id).await? {
        return Ok(None);
    }
    // What was one thing with a product of it may be alone now.
    tx.tidy_links().await?;
    let details = json!({ "account": id, "marketplace": shop.marketplace, "name": shop.name });
    tx.audit(&audit::entry(services, caller, client, Action::ShopRemoved, details)).await?;
    tx.commit().await?;
    seller::look_again(services, seller).await?;
    Ok(Some(()))
}
