//! `POST /api/v1/tags`.

use crate::{
    extract::{By, From, Json},
    openapi::refusals::{Conflict, Denied, Invalid, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::catalogue::{NewTag, Tag};
use http::StatusCode;
use services::Services;

/// Makes a tag. Everybody but viewers.
///
/// No two tags of a company are called the same, whatever the case of the letters.
#[utoipa::path(
    post, path = "/api/v1/tags", tag = "tags",
    request_body = NewTag,
    responses((status = 201, description = "The tag", body = Tag), Unauthenticated, Denied, Conflict, Invalid)
)]
pub async fn create(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Json(request): Json<NewTag>,
) -> Result<(StatusCode, axum::Json<Tag>), Problem> {
    let made = services::tags::create(&services, &caller, &request, &client).await?;
    Ok((StatusCode::CREATED, axum::Json(made)))
}
