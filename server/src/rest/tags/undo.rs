//! `DELETE /api/v1/tag-edits/{edit_id}`.

use crate::{
    extract::{By, From, Id},
    openapi::refusals::{Denied, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{ApiError, TagEditId};
use http::StatusCode;
use services::Services;

/// Undoes a bulk change of tags: the products that it changed are as they were. Everybody but viewers.
///
/// 404 after ten minutes, and when it was undone already.
#[utoipa::path(
    delete, path = "/api/v1/tag-edits/{edit_id}", tag = "tags",
    params(("edit_id" = TagEditId, Path, description = "`id` of the change")),
    responses((status = 204, description = "Done"), Unauthenticated, Denied, NotFound)
)]
pub async fn undo(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Id(id): Id<TagEditId>,
) -> Result<StatusCode, Problem> {
    let undone = services::tags::undo(&services, &caller, id, &client).await?;
    undone.ok_or_else(|| ApiError::not_found("change"))?;
    Ok(StatusCode::NO_CONTENT)
}
