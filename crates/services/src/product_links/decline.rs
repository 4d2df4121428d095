//! A person says that products are not one thing: they are not suggested again.

use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{ApiError, FieldError, Permission, ProductId, links::ProductsNamed};
use serde_json::json;
use store::Caller;

/// Who works in the company. `None`: one of them is not there. 422 when two of them are linked: unlink one first.
pub async fn decline(
    services: &Services,
    caller: &Caller,
    named: &ProductsNamed,
    client: &Client,
) -> Result<Option<()>> {
    if !caller.may(Permission::Operate) {
        return Err(ApiError::denied().into());
    }
    let errors = named.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let mut tx = services.store.write(caller).await?;
    tx.lock_tenant().await?;
    if tx.linked_products(&named.products).await?.len() < named.products.len() {
        return Ok(None);
    }
    let groups = tx.groups_of(&named.products).await?;
    let mut distinct: Vec<_> = groups.values().collect();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < groups.len() {
        let wrong = FieldError::body("products", "linked", "they are linked: unlink one first");
        return Err(ApiError::validation(vec![wrong]).into());
    }
    let pairs: Vec<(ProductId, ProductId)> = named
        .products
        .iter()
        .enumerate()
        .flat_map(|(at, a)| named.products.iter().skip(at + 1).map(|b| (*a, *b)))
        .collect();
    tx.decline_links(&pairs, services.clock.now()).await?;
    let details = json!({ "products": named.products });
    tx.audit(&audit::entry(services, caller, client, Action::LinkDeclined, details)).await?;
    tx.commit().await?;
    Ok(Some(()))
}
