//! `POST /api/v1/auth/register`.

use crate::{
    extract::{From, Json},
    openapi::refusals::{Conflict, Denied, Invalid, TooMany},
    problem::Problem,
};
use axum::extract::State;
use domain::auth::{RegisterRequest, TokenPair};
use http::StatusCode;
use services::Services;

/// Registers a company with its owner.
///
/// Company, owner and first token pair are made together or not at all. 403 where the installation is
/// closed to newcomers.
#[utoipa::path(
    post, path = "/api/v1/auth/register", tag = "auth", security(()),
    request_body = RegisterRequest,
    responses((status = 201, description = "A token pair", body = TokenPair), Conflict, Denied, Invalid, TooMany)
)]
pub async fn register(
    State(services): State<Services>,
    From(client): From,
    Json(request): Json<RegisterRequest>,
) -> Result<(StatusCode, axum::Json<TokenPair>), Problem> {
    let pair = services::accounts::register::for_api(&services, request, &client).await?;
    Ok((StatusCode::CREATED, axum::Json(pair)))
}
