//! `GET /api/v1/products/{product_id}`.

use crate::{
    extract::{By, Id, Query},
    openapi::refusals::{Denied, Invalid, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{ApiError, ProductId, product::ProductDetail};
use services::Services;

/// A product with its sizes and its stock by warehouse.
///
/// An id that is none, or another company's, is not there: 404. `null` quantities were never read.
///
/// With `at`, as it was at a moment (RFC 3339) or at the end of a day in Moscow: levels, places, orders and cover of then; an order that
/// was cancelled since is one that was not.
/// How far back one may look is the plan's to say.
#[utoipa::path(
    get, path = "/api/v1/products/{product_id}", tag = "products",
    params(
        ("product_id" = ProductId, Path, description = "`id` of the list"),
        ("at" = Option<DateTime<Utc>>, Query, description = "As of this moment, or of the end of this day"),
    ),
    responses((status = 200, description = "The product", body = ProductDetail), Unauthenticated, Denied, NotFound, Invalid)
)]
pub async fn get(
    State(services): State<Services>,
    By(caller): By,
    Id(id): Id<ProductId>,
    mut query: Query,
) -> Result<Json<ProductDetail>, Problem> {
    let at = query.moment("at");
    query.check([])?;
    let product = match at {
        Some(at) => services::past::get(&services, &caller, id, at).await?,
        None => services::products::get(&services, &caller, id).await?,
    };
    Ok(Json(product.ok_or_else(|| ApiError::not_found("product"))?))
}
