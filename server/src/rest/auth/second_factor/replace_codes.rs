//! `POST /api/v1/auth/second-factor/recovery-codes`.

use crate::{
    extract::{By, From, Json},
    openapi::refusals::{Conflict, Denied, Invalid, TooMany, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::person::{BothProofs, RecoveryCodes};
use services::{Services, people::second_factor};

/// Makes new recovery codes; the older ones are worthless.
///
/// They are shown this once. Wants the password and a code, or a recovery code; 409 without a second factor.
#[utoipa::path(
    post, path = "/api/v1/auth/second-factor/recovery-codes", tag = "auth", operation_id = "auth_replace_recovery_codes",
    request_body = BothProofs,
    responses((status = 200, description = "The recovery codes", body = RecoveryCodes), Unauthenticated, Denied, Conflict, Invalid, TooMany)
)]
pub async fn replace_codes(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Json(request): Json<BothProofs>,
) -> Result<axum::Json<RecoveryCodes>, Problem> {
    Ok(axum::Json(second_factor::replace_codes(&services, &caller, request, &client).await?))
}
