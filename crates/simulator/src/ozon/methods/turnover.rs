//! `/v1/analytics/turnover/stocks`: how fast the stock at Ozon's warehouses turns, by the sales of 60 days.
//!
//! Where the official text gives no borders of a colour, these are the simulator's.

use super::Answer;
use super::visibility::by_ids;
use crate::ozon::body::{Int, at_most, limit, read};
use crate::ozon::measures::{LONG_WINDOW, Sold, daily_stock, days_of_cover, fbo_free, per_day};
use crate::ozon::problem::Problem;
use crate::ozon::product::Product;
use crate::ozon::shop::Shop;
use crate::ozon::stock::shelves;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    limit: Option<i64>,
    offset: i64,
    sku: Vec<Int>,
}

pub(crate) fn answer(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: Wanted = read(body)?;
    at_most("Sku", &wanted.sku, 1000)?;
    let limit = limit(wanted.limit.or(Some(1000)), 1000)?;
    let offset =
        usize::try_from(wanted.offset).map_err(|_| Problem::invalid("invalid Request.Offset"))?;
    let products: Vec<Product> = if wanted.sku.is_empty() {
        let all = shop.products(None, false).filter(sold_by_ozon);
        all.skip(offset).take(limit).collect()
    } else {
        let asked = by_ids(shop, &[], &wanted.sku, &[]).into_iter().filter(sold_by_ozon);
        asked.skip(offset).take(limit).collect()
    };
    let items: Vec<Value> = products.iter().map(|product| row(product, shop.now)).collect();
    Ok(json!({ "items": items }))
}

/// Whether a product lies at Ozon's warehouses at all.
fn sold_by_ozon(product: &Product) -> bool {
    (0..product.item.hold_count).any(|hold| !product.item.is_own(hold))
}

fn row(product: &Product, moment: i64) -> Value {
    let (item, size) = (&product.item, product.size);
    let units = Sold::of(item, size, LONG_WINDOW, moment).units(None);
    let stock = fbo_free(&shelves(item, moment), size);
    let average: i64 = daily_stock(item, size, LONG_WINDOW, moment).iter().sum();
    let idc = days_of_cover(stock, units, LONG_WINDOW);
    // The average stock over the sales of a day: both are sums of as many days.
    let turnover = days_of_cover(average, units, 1);
    let cover_grade = match idc {
        _ if units == 0 => none_sold(stock),
        ..7.0 => "GRADES_CRITICAL",
        ..14.0 => "GRADES_RED",
        ..28.0 => "GRADES_YELLOW",
        _ => "GRADES_GREEN",
    };
    let turnover_grade = match turnover {
        _ if units == 0 => none_sold(stock),
        ..=60.0 => "GRADES_GREEN",
        ..=90.0 => "GRADES_YELLOW",
        ..=120.0 => "GRADES_RED",
        _ => "GRADES_CRITICAL",
    };
    json!({
        "sku": product.sku(),
        "offer_id": product.offer_id(),
        "name": product.name(),
        "ads": per_day(units, LONG_WINDOW),
        "current_stock": stock,
        "idc": idc,
        "idc_grade": cover_grade,
        "turnover": turnover,
        "turnover_grade": turnover_grade,
    })
}

fn none_sold(stock: i64) -> &'static str {
    if stock == 0 { "GRADES_NONE" } else { "GRADES_NOSALES" }
}
