//! `GET /api/v1/audit/verification`.

use crate::{
    extract::By,
    openapi::refusals::{Denied, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::audit::AuditCheck;
use services::Services;

/// Walks along the log's chain and says whether every entry follows from the one before. Owners and admins.
///
/// Each entry holds a hash of the one before: `broken_at` is the first that was changed or is missing.
#[utoipa::path(
    get, path = "/api/v1/audit/verification", tag = "audit",
    responses((status = 200, description = "What the walk found", body = AuditCheck), Unauthenticated, Denied)
)]
pub async fn verify(
    State(services): State<Services>,
    By(caller): By,
) -> Result<axum::Json<AuditCheck>, Problem> {
    Ok(axum::Json(services::audit_log::verify(&services, &caller).await?))
}
