//! `GET /api/v1/analytics/stock-distribution`.

use crate::{extract::By, openapi::refusals::Unauthenticated, problem::Problem};
use axum::{Json, extract::State};
use domain::analytics::StockDistribution;
use services::Services;

/// How many products have how many pieces.
///
/// Products whose stock was never read are in `unknown` and in no other bucket.
#[utoipa::path(
    get, path = "/api/v1/analytics/stock-distribution", tag = "analytics", operation_id = "analytics_stock_distribution",
    responses((status = 200, description = "The buckets; every product is in one", body = StockDistribution), Unauthenticated)
)]
pub async fn stock_distribution(
    State(services): State<Services>,
    By(caller): By,
) -> Result<Json<StockDistribution>, Problem> {
    Ok(Json(services::analytics::stock_distribution(&services, &caller).await?))
}
