//! `POST /content/v2/get/cards/list`: the cards that are not in the trash, page after page.
//!
//! A page is the cards after the cursor in the order of (`updatedAt`, `nmID`). Only the page is held:
//! each call looks through all cards and keeps the first `limit`.

use crate::catalogue::photo::photo_url;
use crate::moscow::utc_text;
use crate::problem::{answer as with_body, content};
use crate::truth::has_photos;
use crate::world::World;
use crate::world::item::Item;
use crate::{Operation, Simulator};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BinaryHeap;

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    settings: Settings,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    sort: Sort,
    filter: Filter,
    cursor: Cursor,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Sort {
    ascending: bool,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
struct Filter {
    with_photo: i8,
    text_search: String,
    #[serde(rename = "tagIDs")]
    tag_ids: Vec<i64>,
    allowed_categories_only: bool,
    #[serde(rename = "objectIDs")]
    object_ids: Vec<i64>,
    brands: Vec<String>,
    #[serde(rename = "imtID")]
    imt_id: Option<i64>,
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Cursor {
    limit: usize,
    #[serde(rename = "updatedAt")]
    updated_at: Option<DateTime<Utc>>,
    #[serde(rename = "nmID")]
    nm_id: i64,
}

impl Default for Cursor {
    fn default() -> Self {
        Self { limit: 10, updated_at: None, nm_id: 0 }
    }
}

/// Where a card stands in the list: seconds, microseconds, `nmID`.
type Key = (i64, u32, i64);

pub(crate) async fn answer(State(simulator): State<Simulator>, body: Bytes) -> Response {
    let Ok(wanted) = serde_json::from_slice::<Wanted>(&body) else {
        let text = "Request body can not be decoded";
        return with_body(StatusCode::BAD_REQUEST, "plain/text", text);
    };
    let settings = wanted.settings;
    let limit = settings.cursor.limit;
    if limit == 0 || limit > 100 {
        return content(StatusCode::BAD_REQUEST, "Invalid cursor limit", &Value::Null);
    }
    if simulator.0.faults.is_empty(Operation::CardsList) {
        return Json(json!({"cards": [], "cursor": {"total": 0}})).into_response();
    }
    let look = move || page(simulator.world(), simulator.now().timestamp(), &settings);
    match tokio::task::spawn_blocking(look).await {
        Ok(page) => Json(page).into_response(),
        Err(_) => content(StatusCode::INTERNAL_SERVER_ERROR, "Internal error", &Value::Null),
    }
}

fn page(world: &World, now: i64, settings: &Settings) -> Value {
    let keys = keys(world, now, settings);
    let cards: Vec<Value> = keys
        .iter()
        .filter_map(|(at, micros, nm)| Some(card(&world.item_of(*nm)?, *at, *micros)))
        .collect();
    let mut cursor = json!({"total": cards.len()});
    if let Some((at, micros, nm)) = keys.last() {
        cursor = json!({"updatedAt": utc_text(*at, *micros), "nmID": nm, "total": cards.len()});
    }
    json!({"cards": cards, "cursor": cursor})
}

/// The first cards after the cursor.
fn keys(world: &World, now: i64, settings: &Settings) -> Vec<Key> {
    let Settings { sort, filter, cursor } = settings;
    // Descending is ascending by negated keys.
    let turn = |(at, micros, nm): Key| {
        if sort.ascending { (at, i64::from(micros), nm) } else { (-at, -i64::from(micros), -nm) }
    };
    let after = cursor
        .updated_at
        .map(|at| turn((at.timestamp(), at.timestamp_subsec_micros(), cursor.nm_id)));
    let mut first = BinaryHeap::with_capacity(cursor.limit + 1);
    for item in world.items() {
        if !item.listed_at(now) || !filter.lets(&item) {
            continue;
        }
        let (at, micros) = item.updated(now);
        let key = turn((at, micros, item.card.nm));
        if after.is_none_or(|after| key > after) {
            first.push(key);
            if first.len() > cursor.limit {
                first.pop();
            }
        }
    }
    let positive = |(at, micros, nm): (i64, i64, i64)| {
        (at.abs(), u32::try_from(micros.abs()).unwrap_or(0), nm.abs())
    };
    first.into_sorted_vec().into_iter().map(positive).collect()
}

impl Filter {
    fn lets(&self, item: &Item) -> bool {
        let card = &item.card;
        let photo = match self.with_photo {
            1 => has_photos(item),
            2 => !has_photos(item),
            _ => true,
        };
        let text = self.text_search.trim();
        photo
            && self.tag_ids.is_empty()
            && (self.object_ids.is_empty() || self.object_ids.contains(&card.subject.id))
            && (self.brands.is_empty() || self.brands.iter().any(|brand| brand == card.brand))
            && self.imt_id.is_none_or(|imt| imt == imt_id(item))
            && (text.is_empty()
                || card.nm.to_string() == text
                || card.vendor_code() == text
                || card.sizes().iter().any(|size| size.barcodes.iter().any(|code| code == text)))
    }
}

fn imt_id(item: &Item) -> i64 {
    item.card.nm - 30_000_000
}

fn card(item: &Item, updated: i64, micros: u32) -> Value {
    let card = &item.card;
    let (length, width, height, grams) = card.subject.packed;
    let photos = if has_photos(item) { 2 + card.key(61) % 5 } else { 0 };
    let photos: Vec<Value> = (1..=u32::try_from(photos).unwrap_or(0))
        .map(|number| {
            let url = |folder| photo_url(card.nm, folder, number);
            json!({
                "big": url("big"),
                "c246x328": url("c246x328"),
                "c516x688": url("c516x688"),
                "square": url("square"),
                "tm": url("tm"),
            })
        })
        .collect();
    let sizes: Vec<Value> = card
        .sizes()
        .into_iter()
        .map(|size| {
            json!({
                "chrtID": size.chrt_id,
                "techSize": size.tech_size,
                "wbSize": size.wb_size,
                "skus": size.barcodes,
            })
        })
        .collect();
    json!({
        "nmID": card.nm,
        "imtID": imt_id(item),
        "nmUUID": uuid::Uuid::from_u64_pair(card.key(62), card.key(63)).to_string(),
        "subjectID": card.subject.id,
        "subjectName": card.subject.name,
        "vendorCode": card.vendor_code(),
        "brand": card.brand,
        "title": card.title(),
        "description": card.description(),
        "needKiz": card.subject.marked,
        "kizMarked": card.subject.marked,
        "photos": photos,
        "dimensions": {
            "length": length, "width": width, "height": height,
            "weightBrutto": grams_as_kilograms(grams), "isValid": true,
        },
        "characteristics": [
            {"id": 14_177_449, "name": "Цвет", "value": [card.colour.0]},
            {"id": 88_952, "name": "Вес товара с упаковкой (г)", "value": grams},
        ],
        "sizes": sizes,
        "createdAt": utc_text(item.created, micros),
        "updatedAt": utc_text(updated, micros),
    })
}

#[expect(clippy::cast_precision_loss, reason = "a parcel's weight")]
fn grams_as_kilograms(grams: i64) -> f64 {
    grams as f64 / 1000.0
}
