//! A page of the catalogue, with its sums and the small curve of each product.

use super::past;
use crate::{Caller, Result, Services, days};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    ApiError, FieldError, ProductId,
    product::{ProductPage, ProductQuery, ProductSummary},
};
use planning::Window;
use std::collections::{BTreeMap, HashMap};
use store::{Cursor, DayDelta, ListedProduct, Part};

/// Errors: 422 for a question that breaks the contract's rules, a cursor of another list among them.
pub async fn list(
    services: &Services,
    caller: &Caller,
    query: &ProductQuery,
) -> Result<ProductPage> {
    let mut errors = query.check();
    let read = |text: &str| Cursor::from_text(text, query);
    let (after, before) = (query.cursor.as_deref().map(read), query.before.as_deref().map(read));
    for (name, cursor, whose) in
        [("cursor", &after, "next_cursor"), ("before", &before, "previous_cursor")]
    {
        if *cursor == Some(None) {
            let hint = format!("use {whose} of a page with the same sorting");
            errors.push(FieldError::query(name, "unknown", hint));
        }
    }
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let (after, before) = (after.flatten(), before.flatten());
    let part = match (&after, &before) {
        (Some(cursor), _) => Part::After(cursor),
        (None, Some(cursor)) => Part::Before(cursor),
        (None, None) => Part::Page,
    };
    let now = services.clock.now();

    let mut tx = services.store.read(caller).await?;
    let page = tx.list_products(query, part, first_day(now)).await?;
    tx.commit().await?;

    let size = i64::from(query.page_size);
    Ok(ProductPage {
        items: page
            .rows
            .into_iter()
            .map(|row| {
                let deltas = by_day(&row.deltas);
                with_curve(row, &deltas, now)
            })
            .collect(),
        total: page.total,
        totals: page.totals,
        page: if matches!(part, Part::Page) { query.page } else { 0 },
        page_size: query.page_size,
        total_pages: (page.total + size - 1) / size,
        next_cursor: page.next.map(|cursor| cursor.to_text()),
        previous_cursor: page.previous.map(|cursor| cursor.to_text()),
    })
}

/// The days of the small curve.
fn curve(row: &ListedProduct, now: DateTime<Utc>) -> Window {
    Window::ending(planning::day_of(row.summary.marketplace, now), past::CURVE_DAYS)
}

/// The first day of any marketplace's curve: UTC's calendar is the last to turn the page.
fn first_day(now: DateTime<Utc>) -> i64 {
    days::number(Window::ending(now.date_naive(), past::CURVE_DAYS).first)
}

/// The summary with its curve.
pub(super) fn with_curve(
    row: ListedProduct,
    deltas: &BTreeMap<NaiveDate, i64>,
    now: DateTime<Utc>,
) -> ProductSummary {
    let stock_28 = past::closing(&row, deltas, curve(&row, now));
    ProductSummary { stock_28, ..row.summary }
}

/// A product's changes, which the list brings by the number of the day.
pub(crate) fn by_day(deltas: &[(i64, i64)]) -> BTreeMap<NaiveDate, i64> {
    deltas.iter().map(|(day, delta)| (days::date(*day), *delta)).collect()
}

/// The changes of each product by day.
pub(crate) fn by_product(deltas: &[DayDelta]) -> HashMap<ProductId, BTreeMap<NaiveDate, i64>> {
    let mut of: HashMap<ProductId, BTreeMap<NaiveDate, i64>> = HashMap::new();
    for delta in deltas {
        of.entry(delta.product_id).or_default().insert(days::date(delta.day), delta.delta);
    }
    of
}
