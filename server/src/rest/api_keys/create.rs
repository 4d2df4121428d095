//! `POST /api/v1/api-keys`.

use crate::{
    extract::{By, From, Json},
    openapi::refusals::{Conflict, Denied, Invalid, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::api_key::{ApiKeyMade, NewApiKey};
use http::StatusCode;
use services::Services;

/// Makes an API key. Owners and admins, up to their own role.
///
/// The key is in this answer and nowhere else; use it as `Authorization: Bearer st_…`. Not for API keys
/// themselves (403 `person_required`).
#[utoipa::path(
    post, path = "/api/v1/api-keys", tag = "api keys",
    request_body = NewApiKey,
    responses((status = 201, description = "The key", body = ApiKeyMade), Unauthenticated, Denied, Conflict, Invalid)
)]
pub async fn create(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Json(request): Json<NewApiKey>,
) -> Result<(StatusCode, axum::Json<ApiKeyMade>), Problem> {
    let made = services::api_keys::create(&services, &caller, request, &client).await?;
    Ok((StatusCode::CREATED, axum::Json(made)))
}
