//! `POST /api/v1/auth/login`.

use crate::{
    extract::{From, Json},
    openapi::refusals::{Denied, Invalid, TooMany, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::auth::{LoginRequest, TokenPair};
use services::Services;

/// Exchanges e-mail and password for a token pair.
///
/// An unknown e-mail and a wrong password are answered alike, in the same time. 403 only after the
/// right password, for a disabled person or a suspended company. Where a second factor is set, `otp` is needed,
/// too: without it the right password is answered with 401 `second_factor_required`.
#[utoipa::path(
    post, path = "/api/v1/auth/login", tag = "auth", security(()),
    request_body = LoginRequest,
    responses((status = 200, description = "A token pair", body = TokenPair), Unauthenticated, Denied, Invalid, TooMany)
)]
pub async fn login(
    State(services): State<Services>,
    From(client): From,
    Json(request): Json<LoginRequest>,
) -> Result<axum::Json<TokenPair>, Problem> {
    Ok(axum::Json(services::accounts::login::for_api(&services, request, &client).await?))
}
