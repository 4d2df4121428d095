//! `GET /api/v1/products/{product_id}`.

use crate::{
    extract::{By, Id},
    openapi::refusals::{NotFound, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{ApiError, ProductId, product::ProductDetail};
use services::Services;

/// A product with its sizes and its stock by warehouse.
///
/// An id that is none, or another company's, is not there: 404. `null` quantities were never read.
#[utoipa::path(
    get, path = "/api/v1/products/{product_id}", tag = "products",
    params(("product_id" = ProductId, Path, description = "`id` of the list")),
    responses((status = 200, description = "The product", body = ProductDetail), Unauthenticated, NotFound)
)]
pub async fn get(
    State(services): State<Services>,
    By(caller): By,
    Id(id): Id<ProductId>,
) -> Result<Json<ProductDetail>, Problem> {
    let product = services::products::get(&services, &caller, id).await?;
    Ok(Json(product.ok_or_else(|| ApiError::not_found("product"))?))
}
