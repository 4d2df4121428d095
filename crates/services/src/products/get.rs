//! One product with its warehouses, sizes, and the inputs of its velocity.

use super::{
    compare::told_figure,
    list::{by_product, with_curve},
    past,
};
use crate::{Caller, Result, Services, days};
use domain::{ProductId, product::ProductDetail};
use std::collections::BTreeMap;

/// `None`: not there, or another tenant's.
pub async fn get(
    services: &Services,
    caller: &Caller,
    id: ProductId,
) -> Result<Option<ProductDetail>> {
    let now = services.clock.now();
    let mut tx = services.store.read(caller).await?;
    let Some(row) = tx.listed_product(id).await? else { return Ok(None) };
    // Twice the window: the velocity's may end a while before the curve's.
    let from = days::number_of(row.summary.marketplace, row.measured_at.unwrap_or(now).min(now))
        - 2 * i64::from(past::CURVE_DAYS);
    let deltas = match row.measured_at {
        Some(until) => tx.stock_deltas(&[(id, until)], from).await?,
        None => Vec::new(),
    };
    let sales: BTreeMap<_, _> =
        tx.day_sales(id, from).await?.into_iter().map(|day| (days::date(day.day), day)).collect();
    let mut warehouse_data = tx.warehouse_stock(id).await?;
    let window = past::measured_window(&row).filter(|_| row.orders_since.is_some());
    let shipped = match window {
        Some(window) => {
            let (first, last) = (days::number(window.first), days::number(window.last));
            tx.sold_by_warehouse(id, first, last).await?
        }
        None => Vec::new(),
    };
    // Without one order that names its warehouse nothing can be said of any.
    for place in warehouse_data.iter_mut().filter(|_| !shipped.is_empty()) {
        let units = shipped.iter().find(|(name, _)| *name == place.warehouse_name);
        place.orders_28 = Some(units.map_or(0, |(_, units)| *units));
    }
    let offers = tx.offers(id, row.stock_since.is_some()).await?;
    let figures = tx.figures(id).await?.iter().map(told_figure).collect();
    let demand = tx.demand_of(id).await?;
    tx.commit().await?;

    let deltas = by_product(&deltas).remove(&id).unwrap_or_default();
    let velocity = past::measured_window(&row).map_or_else(
        || past::velocity_inputs(&[], &[]),
        |window| {
            let closing = past::closing(&row, &deltas, window);
            past::velocity_inputs(&closing, &past::ordered(&row, &sales, window))
        },
    );
    let (created_at, archived_at) = (row.created_at, row.archived_at);
    let summary = with_curve(row, now);
    Ok(Some(ProductDetail {
        summary,
        warehouse_data,
        offers,
        velocity,
        created_at,
        archived_at,
        figures,
        demand,
    }))
}
