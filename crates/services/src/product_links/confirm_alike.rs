//! A person confirms all suggestions that have the same reason, at most a thousand at a time.

use super::link::groups;
use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{
    ApiError, Permission, ProductId,
    links::{LinkReason, LinksConfirmed},
};
use serde_json::json;
use store::Caller;
use uuid::Uuid;

/// Suggestions of one transaction.
const AT_ONCE: i64 = 1000;

/// Who works in the company.
pub async fn confirm_alike(
    services: &Services,
    caller: &Caller,
    by: LinkReason,
    client: &Client,
) -> Result<LinksConfirmed> {
    if !caller.may(Permission::Operate) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.write(caller).await?;
    tx.lock_tenant().await?;
    let mut pairs = tx.suggested_pairs(Some(by), None, AT_ONCE + 1).await?;
    let more = i64::try_from(pairs.len()).is_ok_and(|found| found > AT_ONCE);
    pairs.truncate(usize::try_from(AT_ONCE).unwrap_or_default());
    let mut products: Vec<ProductId> = pairs.iter().flat_map(|p| [p.first, p.second]).collect();
    products.sort_unstable();
    products.dedup();
    let mut groups = groups(&mut tx, &products).await?;
    let new = || services.clock.new_id::<Uuid>();
    let linked: Vec<bool> =
        pairs.iter().map(|pair| groups.link(pair.first, pair.second, new)).collect();
    let confirmed = linked.iter().filter(|linked| **linked).count();
    let refused = pairs.len() - confirmed;
    tx.link_products(&groups.moved(), caller.user_id(), services.clock.now()).await?;
    if confirmed > 0 {
        let details = json!({ "by": by, "pairs": confirmed });
        tx.audit(&audit::entry(services, caller, client, Action::ProductsLinked, details)).await?;
    }
    tx.commit().await?;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Ok(LinksConfirmed { confirmed: count(confirmed), refused: count(refused), more })
}
