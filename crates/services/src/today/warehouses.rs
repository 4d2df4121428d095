//! The warehouses with what lies there, for how long, and what is out there.

use crate::{Caller, Result, Services};
use chrono::{DateTime, Utc};
use domain::{
    ApiError, Permission,
    today::{WarehouseLine, WarehouseLines},
};
use planning::WINDOW_DAYS;
use std::cmp::Reverse;
use store::MeasuredWarehouse;

/// The fullest first, equals by name; a warehouse that neither holds nor ships anything any more is left out.
pub async fn warehouses(services: &Services, caller: &Caller) -> Result<WarehouseLines> {
    if !caller.may(Permission::Read) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.read(caller).await?;
    let measured_at = tx.shop_sums().await?.measured_at;
    let rows = tx.measured_warehouses().await?;
    tx.commit().await?;
    Ok(lines(measured_at, rows))
}

/// The lines of the counts.
pub(super) fn lines(
    measured_at: Option<DateTime<Utc>>,
    rows: Vec<MeasuredWarehouse>,
) -> WarehouseLines {
    let whole: i64 = rows.iter().map(|row| row.stock.max(0)).sum();
    let mut items: Vec<WarehouseLine> = rows
        .into_iter()
        .filter(|row| row.stock != 0 || row.out_products > 0 || row.orders_28.unwrap_or(0) > 0)
        .map(|row| line(row, whole))
        .collect();
    // Here, because databases disagree about Cyrillic.
    items.sort_by(|a, b| {
        (Reverse(a.stock), Reverse(a.orders_28))
            .cmp(&(Reverse(b.stock), Reverse(b.orders_28)))
            .then_with(|| a.name.cmp(&b.name))
            .then_with(|| a.id.0.cmp(&b.id.0))
    });
    WarehouseLines { measured_at, items }
}

fn line(row: MeasuredWarehouse, whole: i64) -> WarehouseLine {
    let stock = i128::from(row.stock.max(0));
    let share = if whole > 0 { rounded(stock * 1000, i128::from(whole)) } else { 0 };
    WarehouseLine {
        cover_tenths: row
            .orders_28
            .filter(|units| *units > 0)
            .map(|units| rounded(stock * 10 * i128::from(WINDOW_DAYS), i128::from(units))),
        id: row.id,
        account_id: row.account,
        name: row.name,
        region: row.region,
        source: row.source,
        stock: row.stock,
        products: row.products,
        out_products: row.out_products,
        orders_28: row.orders_28,
        share_permille: share,
    }
}

/// Halves up; `under` > 0.
fn rounded(over: i128, under: i128) -> i64 {
    i64::try_from((over * 2 + under) / (under * 2)).unwrap_or(i64::MAX)
}
