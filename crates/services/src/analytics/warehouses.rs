//! Stock and orders by warehouse.

use crate::{Caller, Result, Services};
use domain::{ApiError, Permission, analytics::WarehouseTotals};
use std::cmp::Reverse;

/// The fullest first, equals by name.
pub async fn warehouses(services: &Services, caller: &Caller) -> Result<Vec<WarehouseTotals>> {
    if !caller.may(Permission::Read) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.read(caller).await?;
    let mut warehouses = tx.warehouse_totals().await?;
    tx.commit().await?;
    // Here, because databases disagree about Cyrillic.
    warehouses.sort_by(|a, b| {
        let key = |w: &WarehouseTotals| (Reverse(w.total_stock), Reverse(w.total_orders));
        key(a).cmp(&key(b)).then_with(|| a.warehouse_name.cmp(&b.warehouse_name))
    });
    Ok(warehouses)
}
