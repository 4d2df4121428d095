//! `GET /api/v1/products/{product_id}/comparison`.

use crate::{
    extract::{By, Id},
    openapi::refusals::{NotFound, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{ApiError, ProductId, comparison::ProductComparison};
use services::Services;

/// A product's numbers beside the marketplace's own.
///
/// What the marketplace's cabinet shows (Ozon: stock, average daily sales, days of cover, grade) is computed again from
/// our stock and orders, as the marketplace counts; a figure that differs has its reason. `told` are figures that only the
/// marketplace tells.
#[utoipa::path(
    get, path = "/api/v1/products/{product_id}/comparison", tag = "products",
    params(("product_id" = ProductId, Path, description = "`id` of the list")),
    responses((status = 200, description = "Both, figure by figure", body = ProductComparison), Unauthenticated, NotFound)
)]
pub async fn comparison(
    State(services): State<Services>,
    By(caller): By,
    Id(id): Id<ProductId>,
) -> Result<Json<ProductComparison>, Problem> {
    let comparison = services::products::compare(&services, &caller, id).await?;
    Ok(Json(comparison.ok_or_else(|| ApiError::not_found("product"))?))
}
