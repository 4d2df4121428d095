//! `POST /api/v3/stocks/{warehouseId}`: pieces at one of the seller's own warehouses, by `chrtIds`.
//!
//! A size that the warehouse never held is left out. Barcodes (`skus`) are refused, as since
//! February 2026.

use crate::catalogue::Card;
use crate::problem::marketplace;
use crate::{Operation, Simulator};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

/// Most sizes in one call.
const MOST: usize = 1000;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wanted {
    chrt_ids: Option<Vec<i64>>,
    skus: Option<Value>,
}

pub(crate) async fn answer(
    State(simulator): State<Simulator>,
    Path(warehouse): Path<String>,
    body: Bytes,
) -> Response {
    let wrong = |code, message| marketplace(StatusCode::BAD_REQUEST, code, message);
    let Ok(warehouse) = warehouse.parse::<i64>() else {
        return wrong("IncorrectParameter", "IncorrectParameter");
    };
    let Ok(wanted) = serde_json::from_slice::<Wanted>(&body) else {
        return wrong("IncorrectRequestBody", "Incorrect required body");
    };
    if wanted.skus.is_some() {
        let message = "Uploading stock is not allowed by 'sku'. Please use the 'chrtId' key";
        return wrong("SKUUploadDisabled", message);
    }
    let chrt_ids = match wanted.chrt_ids {
        Some(chrt_ids) if chrt_ids.len() <= MOST => chrt_ids,
        Some(_) => return wrong("IncorrectRequest", "Переданы некорректные данные"),
        None => return wrong("IncorrectRequestBody", "Incorrect required body"),
    };
    let own = simulator.world().warehouses();
    if !own.iter().any(|held| held.seller && held.id == warehouse) {
        return marketplace(StatusCode::NOT_FOUND, "NotFound", "Не найдено");
    }
    let empty = simulator.0.faults.is_empty(Operation::Stocks);
    let stocks: Vec<Value> = chrt_ids
        .into_iter()
        .filter(|_| !empty)
        .filter_map(|chrt| amount(&simulator, warehouse, chrt))
        .collect();
    Json(json!({ "stocks": stocks })).into_response()
}

fn amount(simulator: &Simulator, warehouse: i64, chrt: i64) -> Option<Value> {
    let (nm, size) = Card::of_chrt(chrt)?;
    let item = simulator.world().item_of(nm)?;
    let now = simulator.now().timestamp();
    let shelf = item
        .shelves(now, simulator.world().names)
        .into_iter()
        .find(|shelf| shelf.size == size && shelf.warehouse.id == warehouse)?;
    Some(json!({"chrtId": chrt, "amount": shelf.quantity}))
}
