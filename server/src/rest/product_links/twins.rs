//! `GET /api/v1/products/{product_id}/twins`.

use crate::{
    extract::{By, Id},
    openapi::refusals::{NotFound, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{ApiError, ProductId, links::ProductTwins};
use services::Services;

/// A product in all its shops, and the sums: stock, orders and cover of all of them seen as one.
///
/// A product that is linked with nothing is alone in it. A sum is `null` when one of its parts was never read; every part
/// says when it was.
#[utoipa::path(
    get, path = "/api/v1/products/{product_id}/twins", tag = "links",
    params(("product_id" = ProductId, Path, description = "`id` of the list")),
    responses((status = 200, description = "The product in its shops", body = ProductTwins), Unauthenticated, NotFound)
)]
pub async fn twins(
    State(services): State<Services>,
    By(caller): By,
    Id(id): Id<ProductId>,
) -> Result<Json<ProductTwins>, Problem> {
    let twins = services::product_links::twins(&services, &caller, id).await?;
    Ok(Json(twins.ok_or_else(|| ApiError::not_found("product"))?))
}
