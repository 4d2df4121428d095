//! `GET /api/v1/syncs/`.

use crate::{
    extract::{By, Query},
    openapi::refusals::{Invalid, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{FieldError, sync::SyncRun};
use services::Services;

/// The last syncs, newest first.
///
/// Each with its steps. `/api/v1/analytics/sync-history` has a line each.
#[utoipa::path(
    get, path = "/api/v1/syncs/", tag = "syncs",
    params(("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "Default 50")),
    responses((status = 200, description = "The syncs", body = Vec<SyncRun>), Unauthenticated, Invalid)
)]
pub async fn list(
    State(services): State<Services>,
    By(caller): By,
    mut query: Query,
) -> Result<Json<Vec<SyncRun>>, Problem> {
    let limit = query.number("limit").unwrap_or(50);
    let is_fine = (1..=200).contains(&limit);
    query.check((!is_fine).then(|| FieldError::query("limit", "out_of_range", "use 1 to 200")))?;
    Ok(Json(services::syncs::list(&services, &caller, limit).await?))
}
