//! `POST /api/v1/syncs/`.

use crate::{
    extract::{By, From, Json},
    openapi::refusals::{Denied, Invalid, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{shop::SyncRequest, sync::SyncStarted};
use http::StatusCode;
use services::Services;

/// Asks for a sync of a shop. Owners and admins.
///
/// Without `account_id` it is the first shop that has a key, as with `POST /api/v1/products/sync`. A second call while
/// one runs is answered with the running one.
#[utoipa::path(
    post, path = "/api/v1/syncs/", tag = "syncs",
    request_body = SyncRequest,
    responses((status = 202, description = "It will be done", body = SyncStarted), Unauthenticated, Denied, NotFound, Invalid)
)]
pub async fn create(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Json(which): Json<SyncRequest>,
) -> Result<(StatusCode, axum::Json<SyncStarted>), Problem> {
    let started = services::syncs::start_of(&services, &caller, which, &client).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(started)))
}
