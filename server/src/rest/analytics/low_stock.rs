//! `GET /api/v1/analytics/low-stock`.

use crate::{
    extract::{By, Query},
    openapi::refusals::{Invalid, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::analytics::LowStockProduct;
use services::Services;

/// Products with fewer pieces than a threshold, the emptiest first.
///
/// Without `threshold` it is the company's own. A product whose stock was never read is not low.
#[utoipa::path(
    get, path = "/api/v1/analytics/low-stock", tag = "analytics", operation_id = "analytics_low_stock",
    params(
        ("threshold" = Option<i64>, Query, minimum = 0, maximum = 1_000_000, description = "Default: the company's, 10 at first", example = 10),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "Default 50", example = 50),
    ),
    responses((status = 200, description = "The products", body = Vec<LowStockProduct>), Unauthenticated, Invalid)
)]
pub async fn low_stock(
    State(services): State<Services>,
    By(caller): By,
    mut query: Query,
) -> Result<Json<Vec<LowStockProduct>>, Problem> {
    let threshold = query.within("threshold", 0..=1_000_000);
    let limit = query.within("limit", 1..=200).unwrap_or(50);
    query.check([])?;
    Ok(Json(services::analytics::low_stock(&services, &caller, threshold, limit).await?))
}
