//! `GET /api/v1/today`.

use crate::{
    extract::{By, Query},
    openapi::refusals::{Invalid, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::today::Today;
use services::Services;

/// What runs out, what to order, what lies dead and what changed since yesterday.
///
/// Computed at the end of every synchronisation. Velocity leaves out days without stock and needs three days with it; an
/// order is due once stock lasts no longer than lead time and buffer, and fills up to lead time, review period and
/// buffer. The buffer is days of demand, not a probability: forecasts are not calibrated. Money is at selling prices,
/// since costs are not known. Each list has its first products by money; `/api/v1/products/` has all of them with
/// `risk=1`, `to_order=1`, `dead=1` and `lost=1`.
#[utoipa::path(
    get, path = "/api/v1/today", tag = "analytics", operation_id = "analytics_today",
    params(("rows" = Option<u32>, Query, minimum = 0, maximum = 50, description = "Products of each list, default 5", example = 5)),
    responses((status = 200, description = "The morning", body = Today), Unauthenticated, Invalid)
)]
pub async fn get(
    State(services): State<Services>,
    By(caller): By,
    mut query: Query,
) -> Result<Json<Today>, Problem> {
    let rows = query.within("rows", 0..=services::today::MAX_ROWS).unwrap_or(5);
    query.check([])?;
    Ok(Json(services::today::morning(&services, &caller, rows).await?))
}
