//! `/v4/product/info/stocks`: present and reserved by scheme, page after page until one is empty.

use super::Answer;
use super::visibility::Filter;
use crate::ozon::body::{limit, read};
use crate::ozon::places::Scheme;
use crate::ozon::shop::Shop;
use crate::ozon::stock::{Known, totals};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    filter: Filter,
    limit: i64,
    #[serde(default)]
    cursor: String,
}

pub(crate) fn answer(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: Wanted = read(body)?;
    let limit = limit(Some(wanted.limit), 1000)?;
    let page = wanted.filter.page(shop, &wanted.cursor, limit)?;
    let mut known = Known::default();
    let items: Vec<Value> = page
        .products
        .iter()
        .map(|product| {
            let shelves = known.of(&product.item, product.size, shop.now);
            let stocks: Vec<Value> = [Scheme::Fbo, Scheme::Fbs, Scheme::Rfbs]
                .into_iter()
                .filter_map(|scheme| {
                    let (present, reserved) = totals(shelves, scheme)?;
                    // Ozon names the warehouses of the seller's schemes only.
                    let warehouses: Vec<i64> = shelves
                        .iter()
                        .filter(|shelf| !shelf.is_fbo() && shelf.warehouse.scheme == scheme)
                        .map(|shelf| shelf.warehouse.id)
                        .collect();
                    Some(json!({
                        "type": scheme.as_str(),
                        "sku": product.sku(),
                        "present": present,
                        "reserved": reserved,
                        "shipment_type": "SHIPMENT_TYPE_GENERAL",
                        "warehouse_ids": warehouses,
                    }))
                })
                .collect();
            json!({
                "product_id": product.id(),
                "offer_id": product.offer_id(),
                "stocks": stocks,
            })
        })
        .collect();
    Ok(json!({"items": items, "total": page.total, "cursor": page.last}))
}
