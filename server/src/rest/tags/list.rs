//! `GET /api/v1/tags`.

use crate::{extract::By, openapi::refusals::Unauthenticated, problem::Problem};
use axum::{Json, extract::State};
use domain::catalogue::Tag;
use services::Services;

/// The company's tags, by name.
///
/// Each with its colour; `GET /api/v1/products/?tag=` lists what has one.
#[utoipa::path(
    get, path = "/api/v1/tags", tag = "tags",
    responses((status = 200, description = "The tags", body = Vec<Tag>), Unauthenticated)
)]
pub async fn list(
    State(services): State<Services>,
    By(caller): By,
) -> Result<Json<Vec<Tag>>, Problem> {
    Ok(Json(services::tags::list(&services, &caller).await?))
}
