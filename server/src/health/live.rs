//! `GET /health/live`: for whoever restarts a process that hangs. Asks nothing of anybody.

use axum::{Json, extract::State};
use chrono::{DateTime, Utc};
use serde::Serialize;
use services::Services;

/// The process lives.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Live {
    /// `alive`.
    #[schema(example = "alive")]
    status: &'static str,
    /// Now.
    timestamp: DateTime<Utc>,
}

/// Says that the process lives.
///
/// For whoever restarts a process that hangs.
#[utoipa::path(get, path = "/health/live", tag = "health", security(()), responses((status = 200, description = "It lives", body = Live)))]
pub async fn live(State(services): State<Services>) -> Json<Live> {
    Json(Live { status: "alive", timestamp: services.clock.now() })
}
