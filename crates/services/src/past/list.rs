//! A page of the catalogue as of a moment.

use super::moment::{self, Then};
use crate::{Caller, Result, Services, days, plans, products};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    ApiError, FieldError, ProductId,
    product::{ProductPage, ProductQuery, ProductTotals},
};
use std::collections::{BTreeMap, HashMap};
use store::{Cursor, Part};

/// The products that are listed now, with the numbers of a moment; those that were not known then have none. Filters by
/// numbers and sums speak of the present and are refused or left out.
///
/// Errors: 422 for a question that breaks the rules, and the plan's limit of history.
pub async fn list(
    services: &Services,
    caller: &Caller,
    query: &ProductQuery,
    at: DateTime<Utc>,
) -> Result<ProductPage> {
    let now = services.clock.now();
    let ago = moment::days_ago("at", at, now)?;
    let mut errors = query.check();
    for (name, is_asked) in [
        ("min_stock", query.min_stock.is_some()),
        ("max_stock", query.max_stock.is_some()),
        ("low_stock_only", query.low_stock_only),
    ] {
        if is_asked {
            errors.push(FieldError::query(name, "unknown", "the past is not filtered by stock"));
        }
    }
    if query.keys().iter().any(|key| !key.sort.is_timeless()) {
        let hint = "with `at` use one of: product_name, seller_article, created_at";
        errors.push(FieldError::query("sort_by", "unknown_value", hint));
    }
    let after = query.cursor.as_deref().map(|text| Cursor::from_text(text, query));
    if after == Some(None) {
        let hint = "use next_cursor of a page with the same sorting";
        errors.push(FieldError::query("cursor", "unknown", hint));
    }
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let after = after.flatten();
    let part = after.as_ref().map_or(Part::Page, Part::After);

    let mut tx = services.store.read(caller).await?;
    plans::check_history(&mut tx, ago).await?;
    let first = moment::first_day(at);
    let page = tx.list_products(query, part).await?;
    let ids: Vec<ProductId> = page.rows.iter().map(|row| row.summary.id).collect();
    // Until its shop was measured: a change after that is not in its total.
    let measured: Vec<(ProductId, DateTime<Utc>)> =
        page.rows.iter().filter_map(|row| Some((row.summary.id, row.measured_at?))).collect();
    let changes = tx.stock_deltas(&measured, first).await?;
    let deltas = products::by_product(&changes);
    let of_day: Vec<(ProductId, i64, DateTime<Utc>)> = page
        .rows
        .iter()
        .map(|row| {
            let day = days::number_of(row.summary.marketplace, at);
            (row.summary.id, day, row.measured_at.unwrap_or(at))
        })
        .collect();
    let rest = tx.rest_of_day(&of_day, at).await?;
    let sold = tx.sold_between(&ids, (first, days::number(at.date_naive()) + 1), at).await?;
    tx.commit().await?;

    let mut sold_of: HashMap<ProductId, BTreeMap<NaiveDate, i64>> = HashMap::new();
    for sale in sold {
        let of = sold_of.entry(sale.product_id).or_default();
        *of.entry(days::date(sale.day)).or_default() += sale.ordered;
    }
    let nothing = BTreeMap::new();
    let size = i64::from(query.page_size);
    Ok(ProductPage {
        items: page
            .rows
            .into_iter()
            .map(|row| {
                let id = row.summary.id;
                let then = Then {
                    at,
                    deltas: deltas.get(&id).unwrap_or(&nothing),
                    rest_of_day: rest.get(&id).copied().unwrap_or_default(),
                    sold: sold_of.get(&id).unwrap_or(&nothing),
                };
                then.summary(row)
            })
            .collect(),
        total: page.total,
        more: page.more,
        totals: ProductTotals::default(),
        page: if after.is_some() { 0 } else { query.page },
        page_size: query.page_size,
        total_pages: (page.total + size - 1) / size,
        next_cursor: page.next.map(|cursor| cursor.to_text()),
        previous_cursor: None,
    })
}
