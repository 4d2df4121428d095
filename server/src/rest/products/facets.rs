//! `GET /api/v1/products/facets`.

use crate::{extract::By, openapi::refusals::Unauthenticated, problem::Problem};
use axum::{Json, extract::State};
use domain::catalogue::Facets;
use services::Services;

/// By what the list can be filtered.
///
/// The brands, categories, warehouses and tags that occur, for the list's `brand`, `subject`, `warehouse` and `tag`.
#[utoipa::path(
    get, path = "/api/v1/products/facets", tag = "products",
    responses((status = 200, description = "The values", body = Facets), Unauthenticated)
)]
pub async fn facets(
    State(services): State<Services>,
    By(caller): By,
) -> Result<Json<Facets>, Problem> {
    Ok(Json(services::products::facets(&services, &caller).await?))
}
