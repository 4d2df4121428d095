//! `GET /api/v1/auth/profile`.

use crate::{extract::By, openapi::refusals::Unauthenticated, problem::Problem};
use axum::{Json, extract::State};
use domain::person::Profile;
use services::Services;

/// The caller's own account.
///
/// Whether a letter proved the address, and whether a second factor is in use.
#[utoipa::path(
    get, path = "/api/v1/auth/profile", tag = "auth",
    responses((status = 200, description = "The account", body = Profile), Unauthenticated)
)]
pub async fn profile(
    State(services): State<Services>,
    By(caller): By,
) -> Result<Json<Profile>, Problem> {
    Ok(Json(services::people::profile(&services, &caller).await?))
}
