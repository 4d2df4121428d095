//! `/_control/`: the simulator's own levers, for tests that only reach it over HTTP.
//!
//! Switched on by a setting. Bodies and answers are JSON; a wrong body is 422 with the reason.
//!
//! | call | body | does |
//! |---|---|---|
//! | `GET clock` | | `{"now"}` |
//! | `POST clock` | `{"advance_seconds"}` or `{"now"}` | moves the clock |
//! | `GET keys` | | ready-made keys of both marketplaces |
//! | `GET counts` | | calls by method |
//! | `POST levels` | `{"chrt_id", "warehouse_id"?, "quantity"}` | sets a level; no warehouse: the marketplace's together |
//! | `POST trash` | `{"nm_id"}` | puts a card into the trash |
//! | `POST withdrawn` | `{"token"}` | takes a token, or a key of Ozon, back |
//! | `POST faults` | `{"operation", "next"?, "disabled"?, "empty"?}` | plans what goes wrong; `next` is a `Fault` |
//! | `POST recipe` | a `Recipe` | lets calls go wrong by it |
//! | `POST ozon/levels` | `{"sku", "warehouse_id"?, "quantity"}` | the same of a product on Ozon |
//! | `POST ozon/archive` | `{"sku"}` | puts the products of that card into Ozon's archive |
//! | `DELETE faults` | | undoes planned faults, the recipe and withdrawn keys |
//! | `DELETE changes` | | undoes levels, trash and archive |

use crate::{Fault, Operation, Recipe, Simulator, Where};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) fn router(simulator: &Simulator) -> Router {
    Router::new()
        .route("/_control/clock", get(clock).post(set_clock))
        .route("/_control/keys", get(keys))
        .route("/_control/counts", get(counts))
        .route("/_control/levels", post(levels))
        .route("/_control/trash", post(trash))
        .route("/_control/withdrawn", post(withdraw))
        .route("/_control/faults", post(faults).delete(clear_faults))
        .route("/_control/recipe", post(recipe))
        .route("/_control/ozon/levels", post(ozon_levels))
        .route("/_control/ozon/archive", post(ozon_archive))
        .route("/_control/changes", delete(forget_changes))
        .with_state(simulator.clone())
}

async fn clock(State(simulator): State<Simulator>) -> Json<Value> {
    Json(json!({"now": simulator.now()}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetClock {
    #[serde(default)]
    advance_seconds: i64,
    now: Option<DateTime<Utc>>,
}

async fn set_clock(State(simulator): State<Simulator>, Json(body): Json<SetClock>) -> Response {
    if let Some(now) = body.now {
        simulator.clock().set(now);
    }
    let Some(by) = TimeDelta::try_seconds(body.advance_seconds) else {
        return wrong(&"advance_seconds is out of range");
    };
    simulator.advance(by);
    Json(json!({"now": simulator.now()})).into_response()
}

async fn keys(State(simulator): State<Simulator>) -> Json<Value> {
    Json(json!({
        "sid": simulator.sid(),
        "keys": simulator.keys(),
        "ozon": simulator.ozon_keys(),
    }))
}

async fn counts(State(simulator): State<Simulator>) -> Json<Value> {
    let calls = Operation::all()
        .map(|operation| (operation.name().to_owned(), json!(simulator.calls(operation))));
    Json(Value::Object(calls.collect()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetLevel {
    chrt_id: i64,
    warehouse_id: Option<i64>,
    quantity: i64,
}

async fn levels(State(simulator): State<Simulator>, Json(body): Json<SetLevel>) -> Response {
    let place = body.warehouse_id.map_or(Where::Marketplace, Where::Warehouse);
    done(simulator.set_level(body.chrt_id, place, body.quantity))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Trash {
    nm_id: i64,
}

async fn trash(State(simulator): State<Simulator>, Json(body): Json<Trash>) -> Response {
    done(simulator.trash(body.nm_id))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Withdraw {
    token: String,
}

async fn withdraw(State(simulator): State<Simulator>, Json(body): Json<Withdraw>) -> Response {
    if uuid::Uuid::parse_str(&body.token).is_ok() {
        simulator.withdraw_ozon(&body.token);
        return StatusCode::NO_CONTENT.into_response();
    }
    done(simulator.withdraw(&body.token))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanFault {
    operation: String,
    next: Option<Fault>,
    disabled: Option<bool>,
    empty: Option<bool>,
}

async fn faults(State(simulator): State<Simulator>, Json(body): Json<PlanFault>) -> Response {
    let Some(operation) = Operation::from_name(&body.operation) else {
        let known = Operation::all().map(Operation::name).collect::<Vec<_>>().join(", ");
        return wrong(&format!("unknown operation {:?}; known are {known}", body.operation));
    };
    if let Some(fault) = body.next {
        simulator.fail_next(operation, fault);
    }
    if let Some(disabled) = body.disabled {
        simulator.disable(operation, disabled);
    }
    if let Some(empty) = body.empty {
        simulator.answer_empty(operation, empty);
    }
    StatusCode::NO_CONTENT.into_response()
}

async fn recipe(State(simulator): State<Simulator>, Json(body): Json<Recipe>) -> StatusCode {
    simulator.follow(body);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetOzonLevel {
    sku: i64,
    warehouse_id: Option<i64>,
    quantity: i64,
}

async fn ozon_levels(
    State(simulator): State<Simulator>,
    Json(body): Json<SetOzonLevel>,
) -> Response {
    let place = body.warehouse_id.map_or(Where::Marketplace, Where::Warehouse);
    done(simulator.set_ozon_level(body.sku, place, body.quantity))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Archive {
    sku: i64,
}

async fn ozon_archive(State(simulator): State<Simulator>, Json(body): Json<Archive>) -> Response {
    done(simulator.archive(body.sku))
}

async fn clear_faults(State(simulator): State<Simulator>) -> StatusCode {
    simulator.clear_faults();
    StatusCode::NO_CONTENT
}

async fn forget_changes(State(simulator): State<Simulator>) -> StatusCode {
    simulator.forget_changes();
    StatusCode::NO_CONTENT
}

fn done(result: Result<(), impl std::fmt::Display>) -> Response {
    match result {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(problem) => wrong(&problem),
    }
}

fn wrong(problem: &impl std::fmt::Display) -> Response {
    let body = Json(json!({"error": problem.to_string()}));
    (StatusCode::UNPROCESSABLE_ENTITY, body).into_response()
}
