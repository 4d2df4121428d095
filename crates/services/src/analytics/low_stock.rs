//! What runs low by the fixed threshold of the original; days of cover say it better.

use crate::{Caller, Result, Services};
use domain::{ApiError, Permission, analytics::LowStockProduct};

/// Products with fewer pieces than `threshold`, without one than the company's own; the emptiest first. A product
/// whose stock was never read is not among them.
pub async fn low_stock(
    services: &Services,
    caller: &Caller,
    threshold: Option<i64>,
    limit: u32,
) -> Result<Vec<LowStockProduct>> {
    if !caller.may(Permission::Read) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.read(caller).await?;
    let rows = tx.low_stock(threshold, limit).await?;
    tx.commit().await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(LowStockProduct {
                id: row.id,
                marketplace_article: row.article.to_string(),
                seller_article: row.seller_article,
                product_name: row.title,
                total_stock: row.total_stock?,
                total_orders: row.total_orders,
                updated_at: row.updated_at,
            })
        })
        .collect())
}
