//! `POST /api/v1/products/sync`.

use crate::{
    extract::{By, From},
    openapi::refusals::{Denied, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::sync::SyncStarted;
use http::StatusCode;
use services::Services;

/// Asks for a sync. Owners and admins.
///
/// A second call while one runs is answered with the running one. Its progress is at
/// `/api/v1/syncs/{task_id}` and, as it happens, at `/api/v1/syncs/{task_id}/events`.
#[utoipa::path(
    post, path = "/api/v1/products/sync", tag = "products",
    responses((status = 202, description = "It will be done", body = SyncStarted), Unauthenticated, Denied, NotFound)
)]
pub async fn sync(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
) -> Result<(StatusCode, Json<SyncStarted>), Problem> {
    let started = services::syncs::start(&services, &caller, &client).await?;
    Ok((StatusCode::ACCEPTED, Json(started)))
}
