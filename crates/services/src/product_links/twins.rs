//! A product in all its shops, and the sums of it.

use crate::{Caller, Result, Services};
use domain::{
    ProductId,
    links::{LinkedProduct, ProductTwins},
};
use store::TenantTx;

/// `None`: not there, or another tenant's. A product without twins is alone.
pub async fn twins(
    services: &Services,
    caller: &Caller,
    id: ProductId,
) -> Result<Option<ProductTwins>> {
    let mut tx = services.store.read(caller).await?;
    let twins = seen_as_one(&mut tx, id).await?;
    tx.commit().await?;
    Ok(Some(twins).filter(|twins| !twins.items.is_empty()))
}

pub(super) async fn seen_as_one(tx: &mut TenantTx, id: ProductId) -> Result<ProductTwins> {
    let members = match tx.groups_of(&[id]).await?.remove(&id) {
        Some(group) => tx.group_members(&[group]).await?.into_iter().map(|(id, _)| id).collect(),
        None => vec![id],
    };
    let items = tx.linked_products(&members).await?;
    let parts: Vec<_> =
        items.iter().map(|item| (item.total_stock, item.per_day_thousandths)).collect();
    Ok(ProductTwins {
        product_id: id,
        total_stock: sum(&items, |item| item.total_stock),
        orders_7: sum(&items, |item| item.orders_7),
        orders_28: sum(&items, |item| item.orders_28),
        cover: planning::cover_together(&parts),
        // `None` is the least: what was never read makes the whole unknown.
        as_of: items.iter().map(|item| item.stock_as_of.min(item.orders_as_of)).min().flatten(),
        items,
    })
}

/// The sum, when every part of it is known.
fn sum(items: &[LinkedProduct], of: fn(&LinkedProduct) -> Option<i64>) -> Option<i64> {
    items.iter().map(of).sum()
}
