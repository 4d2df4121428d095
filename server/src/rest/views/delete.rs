//! `DELETE /api/v1/views/{view_id}`.

use crate::{
    extract::{By, From, Id},
    openapi::refusals::{Denied, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{ApiError, ViewId};
use http::StatusCode;
use services::Services;

/// Deletes a view: who saved it, and owners and admins one that is shared.
///
/// 404 for somebody else's own.
#[utoipa::path(
    delete, path = "/api/v1/views/{view_id}", tag = "views",
    params(("view_id" = ViewId, Path, description = "The view")),
    responses((status = 204, description = "Done"), Unauthenticated, Denied, NotFound)
)]
pub async fn delete(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Id(id): Id<ViewId>,
) -> Result<StatusCode, Problem> {
    let deleted = services::views::delete(&services, &caller, id, &client).await?;
    deleted.ok_or_else(|| ApiError::not_found("view"))?;
    Ok(StatusCode::NO_CONTENT)
}
