//! `GET /api/v1/products/{product_id}/notes`.

use crate::{
    extract::{By, Id},
    openapi::refusals::{NotFound, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{ApiError, ProductId, ordering::Note};
use services::Services;

/// The notes on a product, the newest first.
///
/// At most 200; `may_delete` says whether the caller may take one away.
#[utoipa::path(
    get, path = "/api/v1/products/{product_id}/notes", tag = "products", operation_id = "notes",
    params(("product_id" = ProductId, Path, description = "`id` of the list")),
    responses((status = 200, description = "The notes", body = Vec<Note>), Unauthenticated, NotFound)
)]
pub async fn list(
    State(services): State<Services>,
    By(caller): By,
    Id(id): Id<ProductId>,
) -> Result<Json<Vec<Note>>, Problem> {
    let notes = services::notes::list(&services, &caller, id).await?;
    Ok(Json(notes.ok_or_else(|| ApiError::not_found("product"))?))
}
