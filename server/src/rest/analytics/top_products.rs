//! `GET /api/v1/analytics/top-products`.

use crate::{
    extract::{By, Query},
    openapi::refusals::{Invalid, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::analytics::TopProduct;
use services::Services;

/// The products that were ordered most.
///
/// Products whose orders were never read are left out.
#[utoipa::path(
    get, path = "/api/v1/analytics/top-products", tag = "analytics", operation_id = "analytics_top_products",
    params(("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "Default 20", example = 20)),
    responses((status = 200, description = "The products", body = Vec<TopProduct>), Unauthenticated, Invalid)
)]
pub async fn top_products(
    State(services): State<Services>,
    By(caller): By,
    mut query: Query,
) -> Result<Json<Vec<TopProduct>>, Problem> {
    let limit = query.within("limit", 1..=200).unwrap_or(20);
    query.check([])?;
    Ok(Json(services::analytics::top_products(&services, &caller, limit).await?))
}
