//! `DELETE /api/v1/api-keys/{id}`.

use crate::{
    extract::{By, From, Id},
    openapi::refusals::{Denied, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{ApiError, ApiKeyId};
use http::StatusCode;
use services::Services;

/// Takes a key away: it ends everywhere within a second. Owners and admins, up to their own role.
///
/// 404 for one that was revoked already, and for another company's.
#[utoipa::path(
    delete, path = "/api/v1/api-keys/{id}", tag = "api keys",
    params(("id" = ApiKeyId, Path, description = "The key")),
    responses((status = 204, description = "Done"), Unauthenticated, Denied, NotFound)
)]
pub async fn revoke(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Id(id): Id<ApiKeyId>,
) -> Result<StatusCode, Problem> {
    let revoked = services::api_keys::revoke(&services, &caller, id, &client).await?;
    revoked.ok_or_else(|| ApiError::not_found("API key"))?;
    Ok(StatusCode::NO_CONTENT)
}
