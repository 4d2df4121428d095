//! `GET /api/v1/analytics/dashboard`.

use crate::{extract::By, openapi::refusals::Unauthenticated, problem::Problem};
use axum::{Json, extract::State};
use domain::analytics::Dashboard;
use services::Services;

/// The whole shop at a glance.
///
/// Low stock is less than the company's fixed threshold (10 unless it was changed). Products whose stock was
/// never read are counted in `unknown_stock_count` and nowhere else.
#[utoipa::path(
    get, path = "/api/v1/analytics/dashboard", tag = "analytics", operation_id = "analytics_dashboard",
    responses((status = 200, description = "The numbers", body = Dashboard), Unauthenticated)
)]
pub async fn dashboard(
    State(services): State<Services>,
    By(caller): By,
) -> Result<Json<Dashboard>, Problem> {
    Ok(Json(services::analytics::dashboard(&services, &caller).await?))
}
