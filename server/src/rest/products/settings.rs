//! `GET /api/v1/products/{product_id}/settings`.

use crate::{
    extract::{By, Id},
    openapi::refusals::{NotFound, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{ApiError, ProductId, ordering::ProductSettings};
use services::Services;

/// What holds for ordering a product, and where each number comes from.
///
/// The nearest place that says a number wins: the product, its brand, its shop, the company. Costs are shown to those
/// whom the table of roles names.
#[utoipa::path(
    get, path = "/api/v1/products/{product_id}/settings", tag = "products",
    params(("product_id" = ProductId, Path, description = "`id` of the list")),
    responses((status = 200, description = "The settings", body = ProductSettings), Unauthenticated, NotFound)
)]
pub async fn settings(
    State(services): State<Services>,
    By(caller): By,
    Id(id): Id<ProductId>,
) -> Result<Json<ProductSettings>, Problem> {
    let settings = services::products::settings(&services, &caller, id).await?;
    Ok(Json(settings.ok_or_else(|| ApiError::not_found("product"))?))
}
