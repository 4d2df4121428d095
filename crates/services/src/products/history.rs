//! A product day by day: closing stock, orders, cancellations, returns, money, prices, and what happened.

use super::{list::by_product, past, timeline};
use crate::{Caller, Result, Services, days as calendar, plans, syncs::running::Known};
use chrono::NaiveDate;
use domain::{
    ApiError, FieldError, ProductId,
    product::{ProductDay, ProductHistory},
};
use planning::Window;
use std::collections::BTreeMap;

/// The longest past that can be asked for.
pub const MAX_DAYS: u32 = 400;

/// The currency when nothing was sold yet.
const USUAL_CURRENCY: &str = "RUB";

/// `days` days, of which `until` is the last: today, when none is named or a later one is. `None`: not there, or another
/// tenant's.
pub async fn history(
    services: &Services,
    caller: &Caller,
    id: ProductId,
    days: u32,
    until: Option<NaiveDate>,
) -> Result<Option<ProductHistory>> {
    if !(1..=MAX_DAYS).contains(&days) {
        let error = FieldError::query("days", "out_of_range", format!("use 1 to {MAX_DAYS}"));
        return Err(ApiError::validation(vec![error]).into());
    }
    let now = services.clock.now();
    let mut tx = services.store.read(caller).await?;
    let Some(row) = tx.listed_product(id).await? else { return Ok(None) };
    let today = planning::day_of(row.summary.marketplace, now);
    let last = until.map_or(today, |until| until.min(today));
    let ago = u32::try_from((today - last).num_days()).unwrap_or(u32::MAX);
    plans::check_history(&mut tx, days.saturating_add(ago)).await?;
    let window = Window::ending(last, days);
    let from = calendar::number(window.first);
    let deltas = match row.measured_at {
        Some(until) => tx.stock_deltas(&[(id, until)], from).await?,
        None => Vec::new(),
    };
    let sales: BTreeMap<_, _> = tx
        .day_sales(id, from)
        .await?
        .into_iter()
        .map(|day| (calendar::date(day.day), day))
        .collect();
    let currency = tx.currency(id).await?;
    let (start, end) = window.moments(row.summary.marketplace);
    let mut synced: Vec<NaiveDate> = tx
        .sync_hours(row.summary.account_id, start, end)
        .await?
        .into_iter()
        .map(|hour| planning::day_of(row.summary.marketplace, hour))
        .collect();
    let marketplace = row.summary.marketplace;
    let told = tx.freshness(row.summary.account_id).await?;
    let back_from = Known::of(&told)
        .came_back_since(marketplace)
        .map(|at| past::first_whole_day(marketplace, at));
    let prices = tx.price_history(id).await?;
    let known_from = past::stock_known_from(&row);
    let places = timeline::places(&mut tx, &row, known_from, window).await?;
    let deeds = tx.deeds(timeline::DEEDS, start).await?;
    tx.commit().await?;
    synced.sort_unstable();
    synced.dedup();

    let deltas = by_product(&deltas).remove(&id).unwrap_or_default();
    let closing = past::closing(&row, &deltas, window);
    let ordered = past::ordered(&row, &sales, window);
    let listed = timeline::listed(&prices, row.summary.marketplace, window);
    let days = window
        .days()
        .zip(closing)
        .zip(ordered)
        .zip(listed)
        .map(|(((day, stock), ordered), listed_minor)| {
            let sold = sales.get(&day);
            ProductDay {
                day,
                stock,
                ordered,
                cancelled: ordered.map(|_| sold.map_or(0, |s| s.cancelled)),
                revenue_minor: ordered.map(|_| sold.map_or(0, |s| s.revenue_minor)),
                returned: back_from
                    .filter(|from| day >= *from)
                    .map(|_| sold.map_or(0, |s| s.returned)),
                listed_minor,
            }
        })
        .collect();
    let currency = currency.unwrap_or_else(|| USUAL_CURRENCY.to_owned());
    let edits = timeline::edits(deeds, caller, &row, window);
    Ok(Some(ProductHistory { product_id: id, currency, days, synced, places, edits }))
}
