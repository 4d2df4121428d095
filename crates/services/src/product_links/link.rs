//! A person says that products of several shops are one thing.

use super::{merge::Groups, twins::seen_as_one};
use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{
    ApiError, FieldError, Permission, ProductId,
    links::{ProductTwins, ProductsNamed},
};
use serde_json::json;
use store::{Caller, TenantTx};
use uuid::Uuid;

/// Who works in the company. `None`: one of them is not there. What one of them is one with already comes along. 422
/// for products of one shop alone, and for more than can be one thing.
pub async fn link(
    services: &Services,
    caller: &Caller,
    named: &ProductsNamed,
    client: &Client,
) -> Result<Option<ProductTwins>> {
    if !caller.may(Permission::Operate) {
        return Err(ApiError::denied().into());
    }
    let errors = named.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let mut tx = services.store.write(caller).await?;
    // Two who link at once must not make two groups of one thing.
    tx.lock_tenant().await?;
    let found = tx.linked_products(&named.products).await?;
    if found.len() < named.products.len() {
        return Ok(None);
    }
    let Some((first, rest)) = named.products.split_first() else { return Ok(None) };
    if found.iter().all(|product| product.account_id == found[0].account_id) {
        return Err(refused("same_shop", "name products of different shops"));
    }
    let mut groups = groups(&mut tx, &named.products).await?;
    let new = || services.clock.new_id::<Uuid>();
    if !rest.iter().all(|product| groups.link(*first, *product, new)) {
        return Err(refused("too_many", "one thing is at most 50 products"));
    }
    let moved = groups.moved();
    tx.link_products(&moved, caller.user_id(), services.clock.now()).await?;
    let details = json!({ "products": named.products });
    tx.audit(&audit::entry(services, caller, client, Action::ProductsLinked, details)).await?;
    let twins = seen_as_one(&mut tx, *first).await?;
    tx.commit().await?;
    Ok(Some(twins))
}

fn refused(code: &str, hint: &str) -> crate::Error {
    ApiError::validation(vec![FieldError::body("products", code, hint)]).into()
}

/// The groups of these products, with all their members.
pub(super) async fn groups(tx: &mut TenantTx, products: &[ProductId]) -> Result<Groups> {
    let mut of: Vec<Uuid> = tx.groups_of(products).await?.into_values().collect();
    of.sort_unstable();
    of.dedup();
    Ok(Groups::new(tx.group_members(&of).await?))
}
