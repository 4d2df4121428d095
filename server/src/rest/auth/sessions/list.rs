//! `GET /api/v1/auth/sessions`.

use crate::{extract::By, openapi::refusals::Unauthenticated, problem::Problem};
use axum::{Json, extract::State};
use domain::person::SignedIn;
use services::Services;

/// The caller's own sign-ins that stand.
///
/// The one that asks comes first, then the last used.
#[utoipa::path(
    get, path = "/api/v1/auth/sessions", tag = "auth", operation_id = "auth_list_sessions",
    responses((status = 200, description = "The sign-ins", body = Vec<SignedIn>), Unauthenticated)
)]
pub async fn list(
    State(services): State<Services>,
    By(caller): By,
) -> Result<Json<Vec<SignedIn>>, Problem> {
    Ok(Json(services::people::sign_ins(&services, &caller).await?))
}
