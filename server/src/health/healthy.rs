//! `GET /health/`.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use serde::Serialize;
use services::Services;

/// The program answers.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Healthy {
    /// `healthy`.
    #[schema(example = "healthy")]
    status: &'static str,
    /// Now.
    timestamp: DateTime<Utc>,
    /// `stock-tracker-api`.
    #[schema(example = "stock-tracker-api")]
    service: &'static str,
}

/// Says that the program answers.
///
/// Asks nothing of anybody: the database may be away.
#[utoipa::path(get, path = "/health/", tag = "health", security(()), responses((status = 200, description = "It answers", body = Healthy)))]
pub async fn healthy(State(services): State<Services>) -> Json<Healthy> {
    let timestamp = services.clock.now();
    Json(Healthy { status: "healthy", timestamp, service: "stock-tracker-api" })
}
