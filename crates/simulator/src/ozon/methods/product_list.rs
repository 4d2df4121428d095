//! `/v3/product/list`: ids and articles, page after page until one is empty.

use super::Answer;
use super::visibility::Filter;
use crate::ozon::body::{limit, read};
use crate::ozon::places::Scheme;
use crate::ozon::product::archived;
use crate::ozon::shop::Shop;
use crate::ozon::stock::{Known, totals};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    filter: Filter,
    last_id: String,
    limit: Option<i64>,
}

pub(crate) fn answer(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: Wanted = read(body)?;
    let limit = limit(wanted.limit.or(Some(1000)), 1000)?;
    let page = wanted.filter.page(shop, &wanted.last_id, limit)?;
    let mut known = Known::default();
    let items: Vec<Value> = page
        .products
        .iter()
        .map(|product| {
            let shelves = known.of(&product.item, product.size, shop.now);
            let has = |scheme| totals(shelves, scheme).is_some_and(|(present, _)| present > 0);
            json!({
                "product_id": product.id(),
                "sku": product.sku(),
                "offer_id": product.offer_id(),
                "has_fbo_stocks": has(Scheme::Fbo),
                "has_fbs_stocks": has(Scheme::Fbs) || has(Scheme::Rfbs),
                "archived": archived(&product.item, shop.now),
                "is_discounted": false,
                "quants": [],
            })
        })
        .collect();
    Ok(json!({"result": {"items": items, "total": page.total, "last_id": page.last}}))
}
