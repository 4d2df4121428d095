//! `POST /api/v1/auth/refresh`.

use crate::{
    extract::{From, Json},
    openapi::refusals::{Denied, Invalid, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::auth::{RefreshRequest, TokenPair};
use services::Services;

/// Exchanges a refresh token for a new pair.
///
/// A refresh token is good for one exchange. Using a spent one ends the whole sign-in, except for a
/// retry within 10 seconds, which gets the same pair's refresh token again.
#[utoipa::path(
    post, path = "/api/v1/auth/refresh", tag = "auth", security(()),
    request_body = RefreshRequest,
    responses((status = 200, description = "A new token pair", body = TokenPair), Unauthenticated, Denied, Invalid)
)]
pub async fn refresh(
    State(services): State<Services>,
    From(client): From,
    Json(request): Json<RefreshRequest>,
) -> Result<axum::Json<TokenPair>, Problem> {
    Ok(axum::Json(services::accounts::refresh(&services, request, &client).await?))
}
