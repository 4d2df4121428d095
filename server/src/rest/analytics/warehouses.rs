//! `GET /api/v1/analytics/warehouses`.

use crate::{extract::By, openapi::refusals::Unauthenticated, problem::Problem};
use axum::{Json, extract::State};
use domain::analytics::WarehouseTotals;
use services::Services;

/// Stock and orders by warehouse, the fullest first.
///
/// Names are the marketplace's own. While it hides its warehouses in one of its reports, stock and orders of one
/// place stand in two lines.
#[utoipa::path(
    get, path = "/api/v1/analytics/warehouses", tag = "analytics", operation_id = "analytics_warehouses",
    responses((status = 200, description = "The warehouses", body = Vec<WarehouseTotals>), Unauthenticated)
)]
pub async fn warehouses(
    State(services): State<Services>,
    By(caller): By,
) -> Result<Json<Vec<WarehouseTotals>>, Problem> {
    Ok(Json(services::analytics::warehouses(&services, &caller).await?))
}
