//! `POST /api/v1/auth/join`.

use crate::{
    extract::{From, Json},
    openapi::refusals::{Conflict, Denied, Invalid, NotFound, TooMany},
    problem::Problem,
};
use axum::extract::State;
use domain::{auth::TokenPair, invitation::JoinRequest};
use http::StatusCode;
use services::Services;

/// Accepts an invitation with a new account.
///
/// Wherever registration is closed, too. Somebody who has an account that belongs to no company any more
/// accepts with its password; whoever can sign in does, and accepts at `/api/v1/invitations/accept`.
#[utoipa::path(
    post, path = "/api/v1/auth/join", tag = "auth", security(()),
    request_body = JoinRequest,
    responses((status = 201, description = "A token pair", body = TokenPair), Denied, NotFound, Conflict, Invalid, TooMany)
)]
pub async fn join(
    State(services): State<Services>,
    From(client): From,
    Json(request): Json<JoinRequest>,
) -> Result<(StatusCode, axum::Json<TokenPair>), Problem> {
    let pair = services::invitations::join::for_api(&services, request, &client).await?;
    Ok((StatusCode::CREATED, axum::Json(pair)))
}
