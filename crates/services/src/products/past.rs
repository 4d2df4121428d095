//! Days of a product from what is stored: its total as of the last measuring, and the changes before it.

use crate::days;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{Marketplace, product::VelocityInputs};
use planning::{WINDOW_DAYS, Window, closing_levels, known_days, velocity};
use std::collections::BTreeMap;
use store::{DaySales, ListedProduct};

/// Days of the small curve beside a product, today the last.
pub(crate) const CURVE_DAYS: u32 = 28;

/// From which day a product's stock is known: before the shop's first reading, and before the product was first seen,
/// nothing is.
pub(crate) fn stock_known_from(product: &ListedProduct) -> Option<NaiveDate> {
    known_from(product.summary.marketplace, product.stock_since, product.created_at)
}

pub(crate) fn known_from(
    marketplace: Marketplace,
    stock_since: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
) -> Option<NaiveDate> {
    Some(planning::day_of(marketplace, stock_since?.max(created_at)))
}

/// Closing stock of each day of a window.
pub(crate) fn closing(
    product: &ListedProduct,
    deltas: &BTreeMap<NaiveDate, i64>,
    window: Window,
) -> Vec<Option<i64>> {
    closing_levels(
        product.summary.total_stock,
        deltas,
        stock_known_from(product),
        window.last,
        usize::try_from(window.length()).unwrap_or_default(),
    )
}

/// Units ordered on each day of a window; a day before the first that was read is not known.
pub(crate) fn ordered(
    product: &ListedProduct,
    sales: &BTreeMap<NaiveDate, DaySales>,
    window: Window,
) -> Vec<Option<i64>> {
    let since =
        product.orders_since.map(|moment| first_whole_day(product.summary.marketplace, moment));
    window
        .days()
        .map(|day| {
            since.filter(|since| day >= *since).map(|_| sales.get(&day).map_or(0, |s| s.ordered))
        })
        .collect()
}

/// The first day of which all orders were read.
pub(crate) fn first_whole_day(marketplace: Marketplace, since: DateTime<Utc>) -> NaiveDate {
    let day = planning::day_of(marketplace, since);
    if planning::day_starts_at(marketplace, day) == since {
        day
    } else {
        days::date(days::number(day) + 1)
    }
}

/// The window over which velocity was computed when the product was measured.
pub(crate) fn measured_window(product: &ListedProduct) -> Option<Window> {
    let measured_at = product.measured_at?;
    let length = u32::try_from(WINDOW_DAYS).unwrap_or_default();
    Some(Window::whole_days(product.summary.marketplace, measured_at, length))
}

/// The inputs of velocity from days whose stock and orders are known.
pub(crate) fn velocity_inputs(closing: &[Option<i64>], ordered: &[Option<i64>]) -> VelocityInputs {
    let (units, days) = known_days(closing, ordered);
    velocity(units, days)
}
