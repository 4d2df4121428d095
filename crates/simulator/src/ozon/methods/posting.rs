//! What all answers about postings share: products, money, places.

use crate::moscow::utc_text;
use crate::ozon::places::cluster_of_okrug;
use crate::ozon::posting::{Posting, Status};
use crate::ozon::product::{name, offer_id, sku};
use crate::world::Fate;
use serde::Deserialize;
use serde_json::{Value, json};

/// What of a posting is wanted besides itself.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "the marketplace's form")]
pub(super) struct With {
    pub analytics_data: bool,
    pub financial_data: bool,
    pub legal_info: bool,
    pub barcodes: bool,
    pub product_exemplars: bool,
    pub related_postings: bool,
    pub translit: bool,
}

/// The commission, per cent.
const COMMISSION: i64 = 15;

/// Roubles of a piece when it was ordered: with the seller's discount, without, and what the buyer pays.
pub(super) fn prices(posting: &Posting) -> (i64, i64, i64) {
    let price = posting.first().price(&posting.item);
    (price.discounted, price.full, price.finished)
}

/// The products as lists since 2026 write them: the price is an amount and a currency.
pub(super) fn products(posting: &Posting) -> Vec<Value> {
    let (price, ..) = prices(posting);
    let card = &posting.item.card;
    posting
        .lines()
        .into_iter()
        .map(|(size, pieces)| {
            json!({
                "sku": sku(card, size),
                "offer_id": offer_id(card, size),
                "name": name(card, size),
                "quantity": pieces,
                "price": {"amount": price.to_string(), "currency": "RUB"},
                "is_marketplace_buyout": false,
            })
        })
        .collect()
}

/// The same as single postings write them: the price is a text.
pub(super) fn old_products(posting: &Posting) -> Vec<Value> {
    let (price, ..) = prices(posting);
    let mut products = products(posting);
    for product in &mut products {
        product["price"] = json!(format!("{price}.00"));
        product["currency_code"] = json!("RUB");
    }
    products
}

/// `financial_data` of lists, or of single postings.
pub(super) fn financial(posting: &Posting, list: bool) -> Value {
    let (price, old_price, customer_price) = prices(posting);
    let to = posting.first().destination(&posting.item);
    let products: Vec<Value> = posting
        .lines()
        .into_iter()
        .map(|(size, pieces)| {
            let discount = old_price - price;
            let mut product = json!({
                "product_id": sku(&posting.item.card, size),
                "quantity": pieces,
                "price": price,
                "old_price": old_price,
                "total_discount_value": discount,
                "total_discount_percent": discount * 100 / old_price.max(1),
                "actions": [],
                "payout": 0,
            });
            let commission = price * COMMISSION / 100;
            if list {
                product["commission"] =
                    json!({"amount": commission, "percent": COMMISSION, "currency": "RUB"});
            } else {
                product["commission_amount"] = json!(commission);
                product["commission_percent"] = json!(COMMISSION);
                product["commissions_currency_code"] = json!("RUB");
                product["currency_code"] = json!("RUB");
                product["customer_currency_code"] = json!("RUB");
                product["customer_price"] = json!(customer_price);
            }
            product
        })
        .collect();
    json!({
        "cluster_from": posting.warehouse().cluster.name,
        "cluster_to": cluster_of_okrug(to.okrug).name,
        "products": products,
    })
}

/// What the buyer sees of the delivery.
pub(super) fn analytics(posting: &Posting) -> Value {
    let sale = posting.first();
    json!({
        "city": sale.destination(&posting.item).region,
        "delivery_type": "PVZ",
        "is_legal": false,
        "is_premium": false,
        "payment_type_group_name": "Карты оплаты",
        "warehouse_id": posting.warehouse().id,
        "client_delivery_date_begin": null,
        "client_delivery_date_end": null,
    })
}

/// Why a posting was cancelled: number, words, whose doing it was.
pub(super) fn cancellation(posting: &Posting, status: Status) -> Option<(i64, &'static str)> {
    (status == Status::Cancelled).then(|| match posting.first().fate {
        Fate::Refused => (505, "Покупатель не забрал заказ"),
        _ => (403, "Покупатель отменил заказ"),
    })
}

pub(super) fn time(moment: i64) -> String {
    utc_text(moment, 0)
}
