//! A product as of a moment, with its places.

use super::moment::{self, Then};
use crate::{Caller, Result, Services, days, plans, products};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{ProductId, product::ProductDetail};
use std::collections::BTreeMap;

/// `None`: not there, or another tenant's. Errors: 422 for a moment to come, and the plan's limit of history.
pub async fn get(
    services: &Services,
    caller: &Caller,
    id: ProductId,
    at: DateTime<Utc>,
) -> Result<Option<ProductDetail>> {
    let now = services.clock.now();
    let ago = moment::days_ago("at", at, now)?;
    let mut tx = services.store.read(caller).await?;
    plans::check_history(&mut tx, ago).await?;
    let Some(row) = tx.listed_product(id).await? else { return Ok(None) };
    let first = moment::first_day(at);
    let day = days::number_of(row.summary.marketplace, at);
    let deltas = match row.measured_at {
        Some(until) => tx.stock_deltas(&[(id, until)], first).await?,
        None => Vec::new(),
    };
    let rest = tx.rest_of_day(&[(id, day, row.measured_at.unwrap_or(at))], at).await?;
    let mut sold: BTreeMap<NaiveDate, i64> = BTreeMap::new();
    for sale in tx.sold_between(&[id], (first, day), at).await? {
        *sold.entry(days::date(sale.day)).or_default() += sale.ordered;
    }
    let (warehouse_data, quantities) = tx.places_at(id, at, day).await?;
    let mut offers = tx.offers(id, false).await?;
    tx.commit().await?;

    let deltas = products::by_product(&deltas).remove(&id).unwrap_or_default();
    let then = Then {
        at,
        deltas: &deltas,
        rest_of_day: rest.get(&id).copied().unwrap_or_default(),
        sold: &sold,
    };
    let velocity = then.velocity(&row);
    let (created_at, archived_at) = (row.created_at, row.archived_at.filter(|gone| *gone <= at));
    let mut summary = then.summary(row);
    let is_known = summary.total_stock.is_some();
    for offer in &mut offers {
        offer.quantity = is_known.then(|| quantities.get(&offer.id).copied().unwrap_or_default());
    }
    let sum = |of: fn(&domain::product::WarehouseStock) -> i64| {
        is_known.then(|| warehouse_data.iter().map(of).sum())
    };
    summary.in_way_to_client = sum(|place| place.in_way_to_client);
    summary.in_way_from_client = sum(|place| place.in_way_from_client);
    // The marketplace's figures are of now alone.
    let figures = Vec::new();
    Ok(Some(ProductDetail {
        summary,
        warehouse_data,
        offers,
        velocity,
        created_at,
        archived_at,
        figures,
        demand: None,
    }))
}
