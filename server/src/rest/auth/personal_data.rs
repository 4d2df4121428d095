//! `GET /api/v1/auth/personal-data`.

use crate::{
    extract::By,
    openapi::refusals::{Denied, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::danger::PersonalData;
use services::Services;

/// Everything that is kept about the person: account, companies, sign-ins.
///
/// Not for API keys (403 `person_required`).
#[utoipa::path(
    get, path = "/api/v1/auth/personal-data", tag = "auth",
    responses((status = 200, description = "The data", body = PersonalData), Unauthenticated, Denied)
)]
pub async fn personal_data(
    State(services): State<Services>,
    By(caller): By,
) -> Result<axum::Json<PersonalData>, Problem> {
    Ok(axum::Json(services::danger::personal_data(&services, &caller).await?))
}
