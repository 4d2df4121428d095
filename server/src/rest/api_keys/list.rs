//! `GET /api/v1/api-keys`.

use crate::{
    extract::By,
    openapi::refusals::{Denied, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::api_key::ApiKey;
use services::Services;

/// The company's API keys, without themselves. Owners and admins.
///
/// Each with its first characters, its role, who made it and when it was last used; those that have ended, too.
#[utoipa::path(
    get, path = "/api/v1/api-keys", tag = "api keys",
    responses((status = 200, description = "The newest first", body = Vec<ApiKey>), Unauthenticated, Denied)
)]
pub async fn list(
    State(services): State<Services>,
    By(caller): By,
) -> Result<axum::Json<Vec<ApiKey>>, Problem> {
    Ok(axum::Json(services::api_keys::list(&services, &caller).await?))
}
