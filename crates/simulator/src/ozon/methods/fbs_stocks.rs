//! `/v2/product/info/stocks-by-warehouse/fbs`: pieces at the seller's warehouses of up to 1000 products.

use super::Answer;
use super::fbo_stocks::Asked;
use crate::ozon::body::{Int, at_most, limit, read};
use crate::ozon::problem::Problem;
use crate::ozon::shop::Shop;
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    #[serde(default)]
    sku: Vec<Int>,
    #[serde(default)]
    offer_id: Vec<String>,
    limit: i64,
    #[serde(default)]
    cursor: String,
}

pub(crate) fn answer(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: Wanted = read(body)?;
    if wanted.sku.is_empty() == wanted.offer_id.is_empty() {
        return Err(Problem::invalid("use either sku or offer_id"));
    }
    at_most("Sku", &wanted.sku, 1000)?;
    at_most("OfferId", &wanted.offer_id, 1000)?;
    let asked = Asked { skus: &wanted.sku, offers: &wanted.offer_id, cursor: &wanted.cursor };
    asked.rows(
        shop,
        limit(Some(wanted.limit), 1000)?,
        |shelf| !shelf.is_fbo(),
        |shelf| {
            json!({
                "warehouse_id": shelf.warehouse.id,
                "warehouse_name": shelf.warehouse.name,
                "free_stock": shelf.free,
            })
        },
    )
}
