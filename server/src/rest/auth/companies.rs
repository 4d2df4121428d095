//! `GET /api/v1/auth/companies`.

use crate::{
    extract::By,
    openapi::refusals::{Denied, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::team::Company;
use services::Services;

/// The companies that the person belongs to.
///
/// Not for API keys (403 `person_required`).
#[utoipa::path(
    get, path = "/api/v1/auth/companies", tag = "auth",
    responses((status = 200, description = "By name", body = Vec<Company>), Unauthenticated, Denied)
)]
pub async fn companies(
    State(services): State<Services>,
    By(caller): By,
) -> Result<axum::Json<Vec<Company>>, Problem> {
    Ok(axum::Json(services::companies::list(&services, &caller).await?))
}
