//! A product's numbers as of a moment: what was known then, computed as it would have been.

use crate::{
    days,
    products::past::{self as known, CURVE_DAYS},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    ApiError, FieldError,
    demand::{Cover, UnknownReason},
    product::{ProductSummary, VelocityInputs},
};
use planning::{WINDOW_DAYS, Window, cover};
use std::{collections::BTreeMap, ops::Bound};
use store::ListedProduct;

/// Days before a moment from which changes and sales are read: the window of velocity, which ends the day before, and
/// that of the curve.
pub(super) const DAYS_BEFORE: i64 = WINDOW_DAYS + 1;

/// Days from a moment to now, for the plan's limit; a moment to come is refused.
pub(crate) fn days_ago(name: &str, at: DateTime<Utc>, now: DateTime<Utc>) -> Result<u32, ApiError> {
    if at > now {
        let error = FieldError::query(name, "out_of_range", "use a moment that has been");
        return Err(ApiError::validation(vec![error]));
    }
    Ok(u32::try_from((now - at).num_days()).unwrap_or(u32::MAX).max(1))
}

/// A product as it was, from its present row.
pub(super) struct Then<'a> {
    pub(super) at: DateTime<Utc>,
    /// The changes of its stock by day, from [`DAYS_BEFORE`] on to the present.
    pub(super) deltas: &'a BTreeMap<NaiveDate, i64>,
    /// What changed on the day of the moment after it.
    pub(super) rest_of_day: i64,
    /// Units ordered by day, in the days before the moment.
    pub(super) sold: &'a BTreeMap<NaiveDate, i64>,
}

impl Then<'_> {
    /// The day of the moment in the product's calendar.
    fn day(&self, row: &ListedProduct) -> NaiveDate {
        planning::day_of(row.summary.marketplace, self.at)
    }

    /// Whether its stock was known then.
    fn is_known(&self, row: &ListedProduct) -> bool {
        row.stock_since.is_some_and(|since| self.at >= since.max(row.created_at))
    }

    /// Pieces at the moment: the present ones less what changed since.
    fn stock(&self, row: &ListedProduct) -> Option<i64> {
        let day = self.day(row);
        let now = row.summary.total_stock.filter(|_| self.is_known(row))?;
        let days_after = (Bound::Excluded(day), Bound::Unbounded);
        let later: i64 = self.deltas.range(days_after).map(|(_, delta)| delta).sum();
        Some(now - later - self.rest_of_day)
    }

    /// Units of the whole days before the moment; `None` when not all of them were read.
    fn ordered(&self, row: &ListedProduct, window: Window) -> Vec<Option<i64>> {
        let since = row.orders_since.map(|at| known::first_whole_day(row.summary.marketplace, at));
        window
            .days()
            .map(|day| {
                let is_read = since.is_some_and(|since| day >= since);
                is_read.then(|| self.sold.get(&day).copied().unwrap_or_default())
            })
            .collect()
    }

    fn sum(&self, row: &ListedProduct, days: u32) -> Option<i64> {
        let window = Window::whole_days(row.summary.marketplace, self.at, days);
        self.ordered(row, window).into_iter().sum()
    }

    /// The inputs of its velocity then.
    pub(super) fn velocity(&self, row: &ListedProduct) -> VelocityInputs {
        let length = u32::try_from(WINDOW_DAYS).unwrap_or_default();
        let window = Window::whole_days(row.summary.marketplace, self.at, length);
        known::velocity_inputs(
            &known::closing(row, self.deltas, window),
            &self.ordered(row, window),
        )
    }

    /// The row as the list would have shown it. What is not kept over time is not known.
    pub(super) fn summary(&self, row: ListedProduct) -> ProductSummary {
        let stock = self.stock(&row);
        let velocity = self.velocity(&row);
        let mut curve =
            known::closing(&row, self.deltas, Window::ending(self.day(&row), CURVE_DAYS));
        if let Some(last) = curve.last_mut() {
            *last = stock;
        }
        let cover = if row.created_at > self.at {
            Cover::Unknown { reason: UnknownReason::NoStock }
        } else {
            cover(stock, &velocity)
        };
        let (orders_7, orders_28) = (self.sum(&row, 7), self.sum(&row, 28));
        let is_there = row.created_at <= self.at;
        ProductSummary {
            total_stock: stock,
            in_way_to_client: None,
            in_way_from_client: None,
            orders_7: orders_7.filter(|_| is_there),
            orders_28: orders_28.filter(|_| is_there),
            total_orders: None,
            cover,
            stock_28: curve,
            stock_as_of: Some(self.at).filter(|_| stock.is_some()),
            revenue_28: None,
            abc: None,
            xyz: None,
            order_units: None,
            ..row.summary
        }
    }
}

/// The number of the first day that is read for a moment, early enough for every calendar.
pub(super) fn first_day(at: DateTime<Utc>) -> i64 {
    days::number(at.date_naive()) - DAYS_BEFORE
}
