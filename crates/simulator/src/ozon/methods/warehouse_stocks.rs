//! `/v1/product/info/warehouse/stocks`: all pieces at one of the seller's warehouses.
//!
//! The last page has a cursor too, as in the official example: only `has_next` tells.

use super::Answer;
use crate::moscow::utc_text;
use crate::ozon::body::{Int, limit, read};
use crate::ozon::places::{held, sellers};
use crate::ozon::problem::Problem;
use crate::ozon::product::by_sku;
use crate::ozon::shop::Shop;
use crate::ozon::stock::Known;
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    warehouse_id: Int,
    limit: i64,
    #[serde(default)]
    cursor: String,
}

pub(crate) fn answer(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: Wanted = read(body)?;
    let limit = limit(Some(wanted.limit), 1000)?;
    let known_ids = sellers(shop.world.sellers);
    let Some(warehouse) = known_ids.iter().find(|known| known.id == wanted.warehouse_id.0) else {
        return Err(Problem::not_found("warehouse not found"));
    };
    let last = match wanted.cursor.as_str() {
        "" => None,
        text => {
            let sku = text.parse().map_err(|_| Problem::invalid("invalid cursor"))?;
            let product = by_sku(shop.world, sku, i64::MAX);
            Some(product.ok_or_else(|| Problem::invalid("invalid cursor"))?.position())
        }
    };
    let mut known = Known::default();
    let (mut rows, mut cursor, mut has_next) = (Vec::new(), wanted.cursor.clone(), false);
    for product in shop.products(last, false) {
        let mut holds = 0..product.item.hold_count;
        let Some(hold) = holds.find(|hold| held(&product.item, *hold).id == warehouse.id) else {
            continue;
        };
        if rows.len() == limit {
            has_next = true;
            break;
        }
        let shelf = known.of(&product.item, product.size, shop.now)[hold];
        cursor = product.sku().to_string();
        rows.push(json!({
            "sku": product.sku(),
            "product_id": product.id(),
            "offer_id": product.offer_id(),
            "warehouse_id": warehouse.id,
            "present": shelf.present(),
            "reserved": shelf.reserved,
            "free_stock": shelf.free,
            "updated_at": utc_text(shop.now, 424_497),
        }));
    }
    Ok(json!({"stocks": rows, "has_next": has_next, "cursor": cursor}))
}
