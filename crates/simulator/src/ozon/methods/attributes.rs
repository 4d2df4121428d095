//! `/v4/product/info/attributes`: brand, colour, size, weight and dimensions, page after page.

use super::Answer;
use super::product_info::picture;
use super::visibility::Filter;
use crate::ozon::body::{limit, read};
use crate::ozon::product::{Product, barcodes, model_id};
use crate::ozon::shop::Shop;
use crate::truth::has_photos;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    filter: Filter,
    last_id: String,
    limit: Option<i64>,
    #[serde(rename = "sort_by")]
    _sort_by: String,
    #[serde(rename = "sort_dir")]
    _sort_dir: String,
}

pub(crate) fn answer(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: Wanted = read(body)?;
    let limit = limit(wanted.limit.or(Some(1000)), 1000)?;
    let page = wanted.filter.page(shop, &wanted.last_id, limit)?;
    let result: Vec<Value> = page.products.iter().map(attributes).collect();
    Ok(json!({"result": result, "last_id": page.last, "total": page.total.to_string()}))
}

fn attributes(product: &Product) -> Value {
    let card = &product.item.card;
    let (length, width, height, grams) = card.subject.packed;
    let attribute = |id: i64, value: &str| {
        json!({
            "id": id,
            "complex_id": 0,
            "values": [{"dictionary_value_id": 0, "value": value}],
        })
    };
    let mut attributes = vec![
        attribute(85, card.brand),
        attribute(8229, card.subject.name),
        attribute(10096, card.colour.0),
    ];
    if card.grid.len() > 1 {
        attributes.push(attribute(4295, card.grid[product.size].0));
    }
    let primary = if has_photos(&product.item) { picture(product, 1) } else { String::new() };
    let barcodes = barcodes(card, product.size);
    json!({
        "id": product.id(),
        "sku": product.sku().to_string(),
        "offer_id": product.offer_id(),
        "name": product.name(),
        "barcode": barcodes[0],
        "barcodes": barcodes,
        "description_category_id": 17_000_000 + card.subject.id,
        "type_id": 90_000 + card.subject.id,
        "depth": length * 10,
        "width": width * 10,
        "height": height * 10,
        "dimension_unit": "mm",
        "weight": grams,
        "weight_unit": "g",
        "primary_image": primary,
        "images": [],
        "color_image": "",
        "model_info": {"model_id": model_id(card), "count": card.grid.len()},
        "pdf_list": [],
        "attributes": attributes,
        "attributes_with_defaults": [],
        "complex_attributes": [],
    })
}
