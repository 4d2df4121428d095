//! `PATCH /api/v1/tenants/me/credentials`.

use crate::{
    extract::{By, From, Json},
    openapi::refusals::{Denied, Invalid, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::tenant::{CredentialsPatch, CredentialsUpdated};
use services::Services;

/// Stores or removes keys. Owners and admins.
///
/// A field that is left out stays, `null` removes it. A key is stored whatever its check with the
/// marketplace finds, which `checks` tells; the check waits at most 5 seconds. No answer ever shows a
/// stored key.
#[utoipa::path(
    patch, path = "/api/v1/tenants/me/credentials", tag = "tenants",
    request_body(content = CredentialsPatch, example = json!({"wildberries_api_key": "eyJhbGciOiJFUzI1NiIs…"})),
    responses((status = 200, description = "Stored, and what the checks found", body = CredentialsUpdated), Unauthenticated, Denied, Invalid)
)]
pub async fn credentials(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Json(patch): Json<CredentialsPatch>,
) -> Result<axum::Json<CredentialsUpdated>, Problem> {
    let updated = services::tenants::update_credentials(&services, &caller, patch, &client).await?;
    Ok(axum::Json(updated))
}
