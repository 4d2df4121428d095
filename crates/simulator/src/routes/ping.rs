//! `GET /ping`: whether the key works, on every host.

use crate::Simulator;
use crate::moscow::text;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

pub(crate) async fn answer(State(simulator): State<Simulator>) -> Json<Value> {
    let now = text(simulator.now().timestamp());
    Json(json!({"TS": format!("{now}+03:00"), "Status": "OK"}))
}
