//! `/v3/product/info/list`: up to 1000 products by id, sku or article, in all detail.

use super::Answer;
use super::prices::{Money, colour_index, money};
use super::visibility::by_ids;
use crate::moscow::utc_text;
use crate::ozon::body::{Int, read};
use crate::ozon::places::Scheme;
use crate::ozon::problem::Problem;
use crate::ozon::product::{Product, archived, barcodes, model_id};
use crate::ozon::shop::Shop;
use crate::ozon::stock::{Known, totals};
use crate::truth::has_photos;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    offer_id: Vec<String>,
    product_id: Vec<Int>,
    sku: Vec<Int>,
}

pub(crate) fn answer(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: Wanted = read(body)?;
    let asked = wanted.offer_id.len() + wanted.product_id.len() + wanted.sku.len();
    if !(1..=1000).contains(&asked) {
        return Err(Problem::invalid("use offer_id, product_id or sku, from 1 to 1000 in sum"));
    }
    let mut known = Known::default();
    let items: Vec<Value> = by_ids(shop, &wanted.product_id, &wanted.sku, &wanted.offer_id)
        .iter()
        .map(|product| item(shop, product, &mut known))
        .collect();
    Ok(json!({ "items": items }))
}

/// Where Ozon keeps a picture.
pub(crate) fn picture(product: &Product, number: i64) -> String {
    let id = 7_000_000_000 + product.item.card.nm * 8 + number;
    format!("https://cdn1.ozone.ru/s3/multimedia-{}/{id}.jpg", id % 10)
}

fn item(shop: &Shop<'_>, product: &Product, known: &mut Known) -> Value {
    let (item, card) = (&product.item, &product.item.card);
    let shelves = known.of(item, product.size, shop.now);
    let archived = archived(item, shop.now);
    let stocks: Vec<Value> = [Scheme::Fbo, Scheme::Fbs, Scheme::Rfbs]
        .into_iter()
        .filter_map(|scheme| {
            let (present, reserved) = totals(shelves, scheme)?;
            Some(json!({
                "sku": product.sku(),
                "source": scheme.as_str(),
                "present": present,
                "reserved": reserved,
            }))
        })
        .collect();
    let in_sale = !archived && shelves.iter().any(|shelf| shelf.free > 0);
    let (updated, micros) = item.updated(shop.now);
    let created = utc_text(item.created, micros);
    let Money { price, old_price, min_price, .. } = money(item, shop.now);
    let pictures = if has_photos(item) { 1 + (card.key(61) % 4).cast_signed() } else { 0 };
    let (length, width, height, _) = card.subject.packed;
    let mut value = json!({
        "id": product.id(),
        "sku": product.sku(),
        "offer_id": product.offer_id(),
        "name": product.name(),
        "barcodes": barcodes(card, product.size),
        "currency_code": "RUB",
        "price": format!("{price}.0000"),
        "old_price": format!("{old_price}.0000"),
        "min_price": format!("{min_price}.0000"),
        "vat": "0.2",
        "is_archived": archived,
        "created_at": created,
        "updated_at": utc_text(updated, micros),
        "description_category_id": 17_000_000 + card.subject.id,
        "type_id": 90_000 + card.subject.id,
        "volume_weight": litres(length * width * height),
        "images": (2..=pictures).map(|number| picture(product, number)).collect::<Vec<_>>(),
        "primary_image": if pictures > 0 { vec![picture(product, 1)] } else { Vec::new() },
        "commissions": [
            {"sale_schema": "FBO", "percent": 15.0, "value": 0.0, "delivery_amount": 63.0, "return_amount": 63.0},
            {"sale_schema": "FBS", "percent": 17.0, "value": 0.0, "delivery_amount": 76.0, "return_amount": 76.0},
        ],
        "visibility_details": {"has_price": true, "has_stock": in_sale},
        "stocks": {"has_stock": in_sale, "stocks": stocks},
        "model_info": {"model_id": model_id(card), "count": card.grid.len()},
    });
    value["sources"] = json!([{
        "sku": product.sku(),
        "source": "sds",
        "created_at": created,
        "quant_code": "",
        "shipment_type": "SHIPMENT_TYPE_GENERAL",
    }]);
    value["statuses"] = json!({
        "is_created": true,
        "moderate_status": "approved",
        "status": "price_sent",
        "status_description": "",
        "status_failed": "",
        "status_name": match (archived, in_sale) {
            (true, _) => "Архив",
            (false, true) => "Продается",
            (false, false) => "Готов к продаже",
        },
        "status_tooltip": "",
        "status_updated_at": utc_text(updated, micros),
        "validation_status": "success",
    });
    value["price_indexes"] = json!({
        "color_index": format!("COLOR_INDEX_{}", colour_index(item)),
        "external_index_data": no_index(),
        "ozon_index_data": no_index(),
        "self_marketplaces_index_data": no_index(),
    });
    for (name, constant) in CONSTANTS {
        value[name] = json!(constant);
    }
    for name in ["color_image", "errors", "promotions", "availabilities"] {
        value[name] = json!([]);
    }
    value["discounted_fbo_stocks"] = json!(0);
    value
}

/// What is so of every product.
const CONSTANTS: [(&str, bool); 6] = [
    ("is_autoarchived", false),
    ("is_discounted", false),
    ("is_kgt", false),
    ("is_prepayment_allowed", true),
    ("is_super", false),
    ("has_discounted_fbo_item", false),
];

fn no_index() -> Value {
    json!({"minimal_price": "", "minimal_price_currency": "RUB", "price_index_value": 0})
}

/// Cubic centimetres as litres.
#[expect(clippy::cast_precision_loss, reason = "a parcel's volume")]
pub(crate) fn litres(volume: i64) -> f64 {
    volume as f64 / 1000.0
}
