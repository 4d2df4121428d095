//! `POST /api/v1/tenants/me/deletion`.

use crate::{
    extract::{By, Json},
    openapi::refusals::{Denied, Invalid, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::danger::CompanyDeletion;
use http::StatusCode;
use services::Services;

/// Deletes the company with everything in it, for good. Owners only.
///
/// 422 unless `name` is the company's name. Its people keep their accounts. Not for API keys (403
/// `person_required`).
#[utoipa::path(
    post, path = "/api/v1/tenants/me/deletion", tag = "tenants",
    request_body = CompanyDeletion,
    responses((status = 204, description = "Done; every token and key of the company has ended"), Unauthenticated, Denied, Invalid)
)]
pub async fn delete(
    State(services): State<Services>,
    By(caller): By,
    Json(request): Json<CompanyDeletion>,
) -> Result<StatusCode, Problem> {
    services::danger::delete_company(&services, &caller, &request).await?;
    Ok(StatusCode::NO_CONTENT)
}
