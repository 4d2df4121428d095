//! `GET /health/ready`: for whoever sends requests here. Asks the database.

use crate::{gate::Gate, telemetry};
use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use http::{StatusCode, header};
use serde::Serialize;
use services::Services;
use std::time::Duration;

/// How long the database may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether requests can be answered.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Ready {
    /// `ready` or `not_ready`.
    #[schema(example = "ready")]
    status: &'static str,
    /// Each thing that is needed.
    checks: Checks,
    /// Now.
    timestamp: DateTime<Utc>,
}

/// What is needed.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Checks {
    /// `connected`; else `disconnected`, or `unverified` while its schema and walls are not checked.
    #[schema(example = "connected")]
    database: &'static str,
}

/// Says whether requests can be answered.
///
/// Asks the database; 503 with the reason when it is away or not in order.
#[utoipa::path(get, path = "/health/ready", tag = "health", security(()),
    responses((status = 200, description = "They can", body = Ready), (status = 503, description = "They can't; `checks` says why", body = Ready)))]
pub async fn ready(State(services): State<Services>, State(gate): State<Gate>) -> Response {
    let database = match tokio::time::timeout(PATIENCE, services.store.ping()).await {
        Ok(Ok(())) if gate.is_open() => "connected",
        Ok(Ok(())) => "unverified",
        Ok(Err(error)) => {
            tracing::warn!(error = telemetry::chain(&error), "not ready: the database is away");
            "disconnected"
        }
        Err(_) => "disconnected",
    };
    let timestamp = services.clock.now();
    if database == "connected" {
        return Json(Ready { status: "ready", checks: Checks { database }, timestamp })
            .into_response();
    }
    let body = Json(Ready { status: "not_ready", checks: Checks { database }, timestamp });
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "2")], body).into_response()
}
