//! `GET /api/v1/products/{product_id}/prices`.

use crate::{
    extract::{By, Id, Query},
    openapi::refusals::{Invalid, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{ApiError, ProductId, sale::ProductPrices};
use services::Services;

/// Prices of a page when none is said.
const USUAL: u32 = 50;

/// What a product costs, size by size, and every price that it had, the latest first.
///
/// Prices are the marketplace's word as of `as_of`; a change is of the moment in which it was seen. What a buyer sees is
/// `null` where the marketplace does not tell it.
#[utoipa::path(
    get, path = "/api/v1/products/{product_id}/prices", tag = "products",
    params(
        ("product_id" = ProductId, Path, description = "`id` of the list"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "Changes a page; default 50"),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
    ),
    responses((status = 200, description = "The prices", body = ProductPrices), Unauthenticated, NotFound, Invalid)
)]
pub async fn prices(
    State(services): State<Services>,
    By(caller): By,
    Id(id): Id<ProductId>,
    mut query: Query,
) -> Result<Json<ProductPrices>, Problem> {
    let limit = query.within("limit", 1..=200).unwrap_or(USUAL);
    let cursor = query.text("cursor");
    query.check([])?;
    let prices =
        services::products::prices(&services, &caller, id, limit, cursor.as_deref()).await?;
    Ok(Json(prices.ok_or_else(|| ApiError::not_found("product"))?))
}
