//! `POST /api/v1/auth/second-factor`.

use crate::{
    extract::{By, From, Json},
    openapi::refusals::{Conflict, Denied, Invalid, TooMany, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::person::{PasswordProof, SecondFactorSetup};
use services::{Services, people::second_factor};

/// Begins to set up a second factor.
///
/// Nothing asks for it until a code confirms it. 409 when one is in use; asked again before that, the older
/// secret is forgotten.
#[utoipa::path(
    post, path = "/api/v1/auth/second-factor", tag = "auth", operation_id = "auth_begin_second_factor",
    request_body = PasswordProof,
    responses((status = 200, description = "What the authenticator wants to know", body = SecondFactorSetup), Unauthenticated, Denied, Conflict, Invalid, TooMany)
)]
pub async fn begin(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Json(request): Json<PasswordProof>,
) -> Result<axum::Json<SecondFactorSetup>, Problem> {
    Ok(axum::Json(second_factor::begin(&services, &caller, request, &client).await?))
}
