//! `GET /api/v1/analytics/period`.

use crate::{
    extract::{By, Query},
    openapi::refusals::{Denied, Invalid, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::today::ShopPeriod;
use services::Services;

/// The company's last whole days: orders, revenue, stock and turnover, beside as many days before.
///
/// Whole days of the marketplaces' calendars; today is not over and left out. `classes` are ABC by revenue of 28 days
/// (80 and 95 per cent) and XYZ by the variation of twelve weeks' demand (0.5 and 1), weeks without stock left out.
#[utoipa::path(
    get, path = "/api/v1/analytics/period", tag = "analytics", operation_id = "analytics_period",
    params(("days" = Option<u32>, Query, minimum = 1, maximum = 365, description = "Default 28", example = 28)),
    responses((status = 200, description = "The period", body = ShopPeriod), Unauthenticated, Denied, Invalid)
)]
pub async fn period(
    State(services): State<Services>,
    By(caller): By,
    mut query: Query,
) -> Result<Json<ShopPeriod>, Problem> {
    let days = query.within("days", 1..=365).unwrap_or(28);
    query.check([])?;
    Ok(Json(services::today::period(&services, &caller, days).await?))
}
