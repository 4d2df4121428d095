//! `GET /api/v2/list/goods/filter`: prices and discounts, a card a row.
//!
//! A card that is in the trash has no price. The answer has the style of Content: `error` even when all is well.

use super::rows::{Gone, Rows, body as streamed};
use crate::moscow::day_of;
use crate::problem::{answer as with_body, content};
use crate::world::item::Item;
use crate::world::sale::price_on;
use crate::{Operation, Simulator};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Most cards in one answer.
const MOST: usize = 1000;

#[derive(Deserialize)]
pub(crate) struct Wanted {
    limit: Option<usize>,
    #[serde(default)]
    offset: usize,
    #[serde(rename = "filterNmID")]
    nm_id: Option<i64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    #[serde(rename = "nmID")]
    nm_id: i64,
    vendor_code: String,
    sizes: Vec<Size>,
    #[serde(rename = "currencyIsoCode4217")]
    currency: &'static str,
    discount: i64,
    club_discount: i64,
    editable_size_price: bool,
    wholesale_discount_threshold: [(); 0],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Size {
    #[serde(rename = "sizeID")]
    id: i64,
    price: i64,
    discounted_price: serde_json::Number,
    club_discounted_price: serde_json::Number,
    tech_size_name: &'static str,
}

pub(crate) async fn answer(
    State(simulator): State<Simulator>,
    Query(wanted): Query<Wanted>,
) -> Response {
    let limit = wanted.limit.unwrap_or(10);
    if limit == 0 || limit > MOST {
        return content(StatusCode::BAD_REQUEST, "Invalid request parameters", &json!(""));
    }
    let after = "]},\"error\":false,\"errorText\":\"\"}";
    let body = streamed("{\"data\":{\"listGoods\":[", after, move |rows| {
        if simulator.0.faults.is_empty(Operation::GoodsFilter) {
            return Ok(());
        }
        let (world, now) = (simulator.world(), simulator.now().timestamp());
        world
            .items()
            .filter(|item| item.listed_at(now))
            .filter(|item| wanted.nm_id.is_none_or(|nm| nm == item.card.nm))
            .skip(wanted.offset)
            .take(limit)
            .try_for_each(|item| push(rows, &item, now))
    });
    with_body(StatusCode::OK, "application/json", body)
}

fn push(rows: &mut Rows, item: &Item, now: i64) -> Result<(), Gone> {
    let price = price_on(item, day_of(now));
    let discounted = price.full * (100 - price.discount);
    let club_discount = 5;
    let size = |(number, (name, ..)): (usize, &(&'static str, &'static str, f64))| Size {
        id: item.card.chrt(number),
        price: price.full,
        discounted_price: roubles(discounted),
        club_discounted_price: roubles(discounted * (100 - club_discount) / 100),
        tech_size_name: name,
    };
    rows.push(&Row {
        nm_id: item.card.nm,
        vendor_code: item.card.vendor_code(),
        sizes: item.card.grid.iter().enumerate().map(size).collect(),
        currency: "RUB",
        discount: price.discount,
        club_discount,
        editable_size_price: false,
        wholesale_discount_threshold: [],
    })
}

/// Whole where it is whole, else with a fraction, as the marketplace writes.
#[expect(clippy::cast_precision_loss, reason = "kopecks of one piece")]
fn roubles(kopecks: i64) -> serde_json::Number {
    if kopecks % 100 == 0 {
        return (kopecks / 100).into();
    }
    serde_json::Number::from_f64(kopecks as f64 / 100.0).unwrap_or_else(|| 0.into())
}
