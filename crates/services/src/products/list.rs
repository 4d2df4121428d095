//! A page of the catalogue, with its sums and the small curve of each product.

use crate::{Caller, Result, Services, days};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    ApiError, FieldError, ProductId,
    product::{ProductPage, ProductQuery, ProductSummary},
};
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

    let mut tx = if query.is_whole() {
        services.store.read_steady(caller).await?
    } else {
        services.store.read(caller).await?
    };
    let page = tx.list_products(query, part).await?;
    tx.commit().await?;

    let size = i64::from(query.page_size);
    Ok(ProductPage {
        items: page.rows.into_iter().map(|row| with_curve(row, now)).collect(),
        total: page.total,
        more: page.more,
        totals: page.totals,
        page: if matches!(part, Part::Page) { query.page } else { 0 },
        page_size: query.page_size,
        total_pages: (page.total + size - 1) / size,
        next_cursor: page.next.map(|cursor| cursor.to_text()),
        previous_cursor: page.previous.map(|cursor| cursor.to_text()),
    })
}

/// The summary with its small curve, which ends today.
pub(super) fn with_curve(row: ListedProduct, now: DateTime<Utc>) -> ProductSummary {
    let today = days::number_of(row.summary.marketplace, now);
    ProductSummary { stock_28: row.curve.until(today).levels().to_vec(), ..row.summary }
}

/// The changes of each product by day.
pub(crate) fn by_product(deltas: &[DayDelta]) -> HashMap<ProductId, BTreeMap<NaiveDate, i64>> {
    let mut of: HashMap<ProductId, BTreeMap<NaiveDate, i64>> = HashMap::new();
    for delta in deltas {
        of.entry(delta.product_id).or_default().insert(days::date(delta.day), delta.delta);
    }
    of
}
