//! `GET /api/v1/analytics/sync-history`.

use crate::{
    extract::{By, Query},
    openapi::refusals::{Invalid, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::analytics::SyncHistoryEntry;
use services::Services;

/// The syncs of the last days, newest first.
///
/// `/api/v1/syncs/` tells of each of their steps.
#[utoipa::path(
    get, path = "/api/v1/analytics/sync-history", tag = "analytics", operation_id = "analytics_sync_history",
    params(
        ("days" = Option<u32>, Query, minimum = 1, maximum = 365, description = "Default 7", example = 7),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "Default 50", example = 50),
    ),
    responses((status = 200, description = "The syncs", body = Vec<SyncHistoryEntry>), Unauthenticated, Invalid)
)]
pub async fn sync_history(
    State(services): State<Services>,
    By(caller): By,
    mut query: Query,
) -> Result<Json<Vec<SyncHistoryEntry>>, Problem> {
    let days = query.within("days", 1..=365).unwrap_or(7);
    let limit = query.within("limit", 1..=200).unwrap_or(50);
    query.check([])?;
    Ok(Json(services::analytics::sync_history(&services, &caller, days, limit).await?))
}
