//! What was ordered most.

use super::ratio;
use crate::{Caller, Result, Services};
use domain::{ApiError, Permission, analytics::TopProduct};

/// The most ordered first; a product whose orders were never read is not among them.
pub async fn top_products(
    services: &Services,
    caller: &Caller,
    limit: u32,
) -> Result<Vec<TopProduct>> {
    if !caller.may(Permission::Read) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.read(caller).await?;
    let rows = tx.top_products(limit).await?;
    tx.commit().await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let total_orders = row.total_orders?;
            let stock = row.total_stock.filter(|_| total_orders > 0);
            Some(TopProduct {
                id: row.id,
                marketplace_article: row.article.to_string(),
                seller_article: row.seller_article,
                product_name: row.title,
                total_stock: row.total_stock,
                total_orders,
                stock_to_orders_ratio: stock.map(|stock| ratio(stock, total_orders, 2)),
                updated_at: row.updated_at,
            })
        })
        .collect())
}
