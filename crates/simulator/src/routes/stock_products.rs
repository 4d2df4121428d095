//! `POST /api/v2/stocks-report/products/products`: the marketplace's own figures of each card over a time.
//!
//! Hours are -1 where they never end, -2 where they are none; a card of which nothing was ever ordered lost none.

use super::rows::{Gone, Rows, body as streamed};
use crate::moscow::start_of;
use crate::problem::{Place, analytics, answer as with_body};
use crate::traded::Figures;
use crate::truth::product_photo;
use crate::world::World;
use crate::world::item::Item;
use crate::{Operation, Simulator};
use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Value, json};

/// Most cards in one answer.
const MOST: usize = 1000;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Wanted {
    #[serde(default, rename = "nmIDs")]
    nm_ids: Vec<i64>,
    current_period: Period,
    stock_type: String,
    #[serde(rename = "skipDeletedNm")]
    skip_deleted: bool,
    order_by: OrderBy,
    #[serde(rename = "availabilityFilters")]
    _availability: Vec<String>,
    #[serde(default = "usual")]
    limit: usize,
    offset: usize,
}

#[derive(Deserialize)]
struct Period {
    start: NaiveDate,
    end: NaiveDate,
}

#[derive(Deserialize)]
struct OrderBy {
    field: String,
    mode: String,
}

fn usual() -> usize {
    100
}

pub(crate) async fn answer(
    State(simulator): State<Simulator>,
    Extension(place): Extension<Place>,
    body: Bytes,
) -> Response {
    let refused = |detail: &str| analytics(detail, "application/json", &place);
    let wanted: Wanted = match serde_json::from_slice(&body) {
        Ok(wanted) => wanted,
        Err(problem) => return refused(&problem.to_string()),
    };
    let day = |date: NaiveDate| (date - NaiveDate::default()).num_days();
    let (first, last) = (day(wanted.current_period.start), day(wanted.current_period.end));
    let today = day(simulator.now().date_naive());
    if first > last || last > today + 1 || first < today - 93 {
        return refused("currentPeriod: not within the last 3 months");
    }
    if !["", "wb", "mp"].contains(&wanted.stock_type.as_str()) {
        return refused("stockType: one of '', wb, mp");
    }
    if wanted.limit == 0 || wanted.limit > MOST {
        return refused("limit: 1 to 1000");
    }
    if wanted.order_by.field.is_empty() || !["asc", "desc"].contains(&&*wanted.order_by.mode) {
        return refused("orderBy: field and mode");
    }
    let body = streamed("{\"data\":{\"items\":[", "],\"currency\":\"RUB\"}}", move |rows| {
        if simulator.0.faults.is_empty(Operation::StockProducts) {
            return Ok(());
        }
        let (world, now) = (simulator.world(), simulator.now().timestamp());
        let within = start_of(first)..start_of(last + 1).min(now);
        world
            .items()
            .filter(|item| item.created <= now)
            .filter(|item| !wanted.skip_deleted || item.listed_at(now))
            .filter(|item| wanted.nm_ids.is_empty() || wanted.nm_ids.contains(&item.card.nm))
            .skip(wanted.offset)
            .take(wanted.limit)
            .try_for_each(|item| push(rows, world, &item, &within, now))
    });
    with_body(StatusCode::OK, "application/json", body)
}

fn push(
    rows: &mut Rows,
    world: &World,
    item: &Item,
    within: &std::ops::Range<i64>,
    now: i64,
) -> Result<(), Gone> {
    let card = &item.card;
    let figures = Figures::of(world, item, within, now);
    rows.push(&json!({
        "nmID": card.nm,
        "isDeleted": !item.listed_at(now),
        "subjectName": card.subject.name,
        "name": card.title(),
        "vendorCode": card.vendor_code(),
        "brandName": card.brand,
        "mainPhoto": product_photo(item),
        "hasSizes": card.grid.len() > 1,
        "metrics": {
            "ordersCount": figures.orders,
            "ordersSum": figures.orders_sum,
            "avgOrders": figures.average(),
            "avgOrdersByMonth": [],
            "buyoutCount": figures.orders,
            "buyoutSum": figures.orders_sum,
            "buyoutPercent": 100,
            "stockCount": figures.stock,
            "stockSum": figures.stock * figures.price,
            "saleRate": hours(figures.sale_rate()),
            "avgStockTurnover": hours(figures.turnover()),
            "toClientCount": figures.to_client,
            "fromClientCount": figures.from_client,
            "officeMissingTime": hours(figures.missing),
            "lostOrdersCount": figures.lost(),
            "lostOrdersSum": figures.lost() * rouble(figures.price),
            "lostBuyoutsCount": figures.lost(),
            "lostBuyoutsSum": figures.lost() * rouble(figures.price),
            "currentPrice": {"minPrice": figures.price, "maxPrice": figures.price},
            "availability": if figures.stock == 0 { "deficient" } else { "balanced" },
        },
    }))
}

#[expect(clippy::cast_precision_loss, reason = "roubles of one piece")]
fn rouble(price: i64) -> f64 {
    price as f64
}

/// Hours as days and hours; what is no number is in both.
fn hours(all: i64) -> Value {
    if all < 0 {
        return json!({"days": 0, "hours": all});
    }
    json!({"days": all / 24, "hours": all % 24})
}
