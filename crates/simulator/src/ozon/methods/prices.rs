//! `/v5/product/info/prices`: what products cost, as numbers, page after page.

use super::Answer;
use super::product_info::litres;
use super::visibility::Filter;
use crate::moscow::day_of;
use crate::ozon::body::{limit, read};
use crate::ozon::shop::Shop;
use crate::world::item::Item;
use crate::world::sale::price_on;
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

/// What a product costs at a moment, whole roubles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Money {
    /// The seller's price.
    pub price: i64,
    /// Crossed out.
    pub old_price: i64,
    /// The lowest for promotions.
    pub min_price: i64,
    /// With the seller's promotions.
    pub marketing_seller_price: i64,
    /// What the buyer pays.
    pub customer_price: i64,
}

pub(crate) fn money(item: &Item, moment: i64) -> Money {
    let price = price_on(item, day_of(moment));
    Money {
        price: price.discounted,
        old_price: price.full,
        min_price: price.discounted * 8 / 10,
        marketing_seller_price: price.discounted,
        customer_price: price.finished,
    }
}

/// How the price compares with others', the last word of it.
pub(crate) fn colour_index(item: &Item) -> &'static str {
    ["WITHOUT_INDEX", "GREEN", "YELLOW", "RED"][usize::try_from(item.card.key(64) % 4).unwrap_or(0)]
}

pub(crate) fn answer(shop: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: Wanted = read(body)?;
    let limit = limit(Some(wanted.limit), 1000)?;
    let page = wanted.filter.page(shop, &wanted.cursor, limit)?;
    let items: Vec<Value> = page
        .products
        .iter()
        .map(|product| {
            let item = &product.item;
            let money = money(item, shop.now);
            let (length, width, height, _) = item.card.subject.packed;
            let promotion = item.promotion(day_of(shop.now)).is_some();
            json!({
                "product_id": product.id(),
                "offer_id": product.offer_id(),
                "price": {
                    "price": money.price,
                    "old_price": money.old_price,
                    "min_price": money.min_price,
                    "net_price": money.price * 4 / 10,
                    "retail_price": 0,
                    "marketing_seller_price": money.marketing_seller_price,
                    "currency_code": "RUB",
                    "vat": 0.2,
                    "auto_action_enabled": true,
                    "auto_add_to_ozon_actions_list_enabled": true,
                },
                "commissions": {
                    "sales_percent_fbo": 15,
                    "sales_percent_fbs": 17,
                    "sales_percent_rfbs": 16,
                    "sales_percent_fbp": 15,
                    "fbo_deliv_to_customer_amount": 14.75,
                    "fbo_direct_flow_trans_min_amount": 63,
                    "fbo_direct_flow_trans_max_amount": 63,
                    "fbo_return_flow_amount": 63,
                    "fbs_deliv_to_customer_amount": 60,
                    "fbs_direct_flow_trans_min_amount": 76,
                    "fbs_direct_flow_trans_max_amount": 76,
                    "fbs_first_mile_min_amount": 0,
                    "fbs_first_mile_max_amount": 25,
                    "fbs_return_flow_amount": 76,
                },
                "price_indexes": {"color_index": colour_index(item)},
                "marketing_actions": {
                    "ozon_actions_exist": promotion,
                    "actions": [],
                },
                "acquiring": 1.5,
                "volume_weight": litres(length * width * height),
            })
        })
        .collect();
    Ok(json!({"items": items, "cursor": page.last, "total": page.total}))
}
