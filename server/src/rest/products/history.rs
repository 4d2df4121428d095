//! `GET /api/v1/products/{product_id}/history`.

use crate::{
    extract::{By, Id, Query},
    openapi::refusals::{Invalid, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{ApiError, ProductId, product::ProductHistory};
use services::Services;

/// What the dashboard shows first.
const DEFAULT_DAYS: u32 = 90;

/// A product day by day: stock at the day's end, orders, cancellations.
///
/// Days are the marketplace's own, `until` or today is the last. What was never read is `null`.
#[utoipa::path(
    get, path = "/api/v1/products/{product_id}/history", tag = "products",
    params(
        ("product_id" = ProductId, Path, description = "`id` of the list"),
        ("days" = Option<u32>, Query, minimum = 1, maximum = 400, description = "Default 90"),
        ("until" = Option<NaiveDate>, Query, description = "The last day; default: today"),
    ),
    responses((status = 200, description = "The days", body = ProductHistory), Unauthenticated, NotFound, Invalid)
)]
pub async fn history(
    State(services): State<Services>,
    By(caller): By,
    Id(id): Id<ProductId>,
    mut query: Query,
) -> Result<Json<ProductHistory>, Problem> {
    let days = query.within("days", 1..=services::products::MAX_DAYS).unwrap_or(DEFAULT_DAYS);
    let until = query.day("until");
    query.check([])?;
    let history = services::products::history(&services, &caller, id, days, until).await?;
    Ok(Json(history.ok_or_else(|| ApiError::not_found("product"))?))
}
