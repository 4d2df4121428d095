//! `DELETE /api/v1/tags/{tag_id}`.

use crate::{
    extract::{By, From, Id},
    openapi::refusals::{Denied, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{ApiError, TagId};
use http::StatusCode;
use services::Services;

/// Removes a tag. Everybody but viewers.
///
/// It is taken off all products that have it; this can't be undone.
#[utoipa::path(
    delete, path = "/api/v1/tags/{tag_id}", tag = "tags",
    params(("tag_id" = TagId, Path, description = "The tag")),
    responses((status = 204, description = "Done"), Unauthenticated, Denied, NotFound)
)]
pub async fn delete(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Id(id): Id<TagId>,
) -> Result<StatusCode, Problem> {
    let deleted = services::tags::delete(&services, &caller, id, &client).await?;
    deleted.ok_or_else(|| ApiError::not_found("tag"))?;
    Ok(StatusCode::NO_CONTENT)
}
