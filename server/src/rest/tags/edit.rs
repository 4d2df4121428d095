//! `POST /api/v1/tag-edits`.

use crate::{
    extract::{By, From, Json, Query},
    openapi::refusals::{Denied, Invalid, NotFound, Unauthenticated},
    problem::Problem,
    rest::products::list::question,
};
use axum::extract::State;
use domain::{
    ApiError,
    catalogue::{NewTagEdit, TagEdit},
};
use http::StatusCode;
use services::Services;

/// Puts a tag on many products, or takes it off them. Everybody but viewers.
///
/// Which ones: `products` names up to 200; without it all that `filter` finds, which is a query of the product list.
/// `changed` counts those of which it was not true before. For ten minutes `DELETE /api/v1/tag-edits/{edit_id}` undoes it.
#[utoipa::path(
    post, path = "/api/v1/tag-edits", tag = "tags",
    request_body = NewTagEdit,
    responses((status = 201, description = "What was done", body = TagEdit), Unauthenticated, Denied, NotFound, Invalid)
)]
pub async fn edit(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Json(request): Json<NewTagEdit>,
) -> Result<(StatusCode, axum::Json<TagEdit>), Problem> {
    let query = question(Query::of(&request.filter))?;
    let (tag, deed, chosen) = (request.tag, request.deed, request.chosen());
    let edit =
        services::tags::edit(&services, &caller, tag, deed, (&chosen, &query), &client).await?;
    Ok((StatusCode::CREATED, axum::Json(edit.ok_or_else(|| ApiError::not_found("tag"))?)))
}
