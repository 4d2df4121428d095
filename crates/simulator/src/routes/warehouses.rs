//! `GET /api/v3/warehouses`: the seller's own warehouses.

use crate::{Operation, Simulator};
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

pub(crate) async fn answer(State(simulator): State<Simulator>) -> Json<Value> {
    if simulator.0.faults.is_empty(Operation::Warehouses) {
        return Json(json!([]));
    }
    let own = simulator.world().warehouses().into_iter().filter(|warehouse| warehouse.seller);
    let rows = own.map(|warehouse| {
        json!({
            "name": warehouse.name,
            "officeId": warehouse.office_id,
            "id": warehouse.id,
            "cargoType": 1,
            "deliveryType": 1,
            "isDeleting": false,
            "isProcessing": false,
        })
    });
    Json(rows.collect())
}
