//! `/v1/product/info/description`: a product's text.

use super::Answer;
use super::visibility::by_ids;
use crate::ozon::body::{Int, read};
use crate::ozon::problem::Problem;
use crate::ozon::shop::Shop;
use serde::Deserialize;
use serde_json::json;

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    offer_id: Option<String>,
    product_id: Option<Int>,
}

pub(crate) fn answer(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: Wanted = read(body)?;
    let (ids, offers) = (Vec::from_iter(wanted.product_id), Vec::from_iter(wanted.offer_id));
    let found = by_ids(shop, &ids, &[], &offers);
    let product = found.first().ok_or_else(|| Problem::not_found("product not found"))?;
    Ok(json!({"result": {
        "id": product.id(),
        "offer_id": product.offer_id(),
        "name": product.name(),
        "description": product.item.card.description(),
    }}))
}
