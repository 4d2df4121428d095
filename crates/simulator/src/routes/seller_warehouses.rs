//! `POST /api/analytics/v1/stocks-report/seller-warehouses`: pieces at the seller's own warehouses,
//! all in one call.
//!
//! No rows are 204 without a body.

use super::rows::body as streamed;
use super::wb_warehouses::Wanted;
use crate::problem::{Place, analytics, answer as with_body};
use crate::world::stock::Shelf;
use crate::{Operation, Simulator};
use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    nm_id: i64,
    chrt_id: i64,
    warehouse_id: i64,
    warehouse_name: &'static str,
    region_name: &'static str,
    quantity: i64,
}

pub(crate) async fn answer(
    State(simulator): State<Simulator>,
    Extension(place): Extension<Place>,
    body: Bytes,
) -> Response {
    let wanted = match Wanted::read(&body) {
        Ok(wanted) => wanted,
        Err(detail) => return analytics(&detail, "application/problem+json", &place),
    };
    let now = simulator.now().timestamp();
    if simulator.0.faults.is_empty(Operation::SellerWarehouses)
        || !any(simulator.clone(), wanted.clone(), now).await
    {
        return StatusCode::NO_CONTENT.into_response();
    }
    let body = streamed("{\"data\":{\"items\":[", "]}}", move |rows| {
        wanted.visit(simulator.world(), now, own, |item, shelf| {
            rows.push(&Row {
                nm_id: item.card.nm,
                chrt_id: item.card.chrt(shelf.size),
                warehouse_id: shelf.warehouse.id,
                warehouse_name: shelf.warehouse.name,
                region_name: shelf.warehouse.region,
                quantity: shelf.quantity,
            })
        })
    });
    with_body(StatusCode::OK, "application/json", body)
}

fn own(shelf: &Shelf) -> bool {
    shelf.warehouse.seller && shelf.quantity > 0
}

/// Whether there is a first row: the status must be known before the body.
async fn any(simulator: Simulator, wanted: Wanted, now: i64) -> bool {
    let look = move || {
        let found = wanted.visit(simulator.world(), now, own, |_, _| Err(super::rows::Gone));
        found.is_err()
    };
    tokio::task::spawn_blocking(look).await.unwrap_or(false)
}
