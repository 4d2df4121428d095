//! `POST /api/v1/auth/second-factor/confirm`.

use crate::{
    extract::{By, From, Json},
    openapi::refusals::{Conflict, Denied, Invalid, TooMany, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::person::{CodeProof, RecoveryCodes};
use services::{Services, people::second_factor};

/// Puts the second factor into use.
///
/// The recovery codes are shown this once. 422 at `code` for a wrong one, 409 when nothing waits for a code.
#[utoipa::path(
    post, path = "/api/v1/auth/second-factor/confirm", tag = "auth", operation_id = "auth_confirm_second_factor",
    request_body = CodeProof,
    responses((status = 200, description = "The recovery codes", body = RecoveryCodes), Unauthenticated, Denied, Conflict, Invalid, TooMany)
)]
pub async fn confirm(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Json(request): Json<CodeProof>,
) -> Result<axum::Json<RecoveryCodes>, Problem> {
    Ok(axum::Json(second_factor::confirm(&services, &caller, request, &client).await?))
}
