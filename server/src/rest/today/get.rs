//! `GET /api/v1/today`.

use crate::{
    extract::{By, Query},
    openapi::refusals::{Denied, Invalid, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{ApiError, today::Today};
use services::Services;

/// What runs out, what to order, what lies dead and what changed since yesterday.
///
/// Computed at the end of every synchronisation. Velocity leaves out days without stock and needs three days with it; an
/// order is due once stock lasts no longer than lead time and buffer, and fills up to lead time, review period and
/// buffer. The buffer is days of demand, not a probability: forecasts are not calibrated. Money is at selling prices,
/// but for `frozen` and `missed`, which go by cost where it is known and are for those who see costs. Each list has its
/// first products by money; `/api/v1/products/` has all of them with `risk=1`, `to_order=1`, `dead=1` and `lost=1`, and
/// what changed with `changed`. With `at` it is the morning that was last counted before a moment; 404 when none was
/// kept.
#[utoipa::path(
    get, path = "/api/v1/today", tag = "analytics", operation_id = "analytics_today",
    params(("at" = Option<String>, Query, description = "A moment or a day: the morning as it was", example = "2026-09-15"), ("rows" = Option<u32>, Query, minimum = 0, maximum = 50, description = "Products of each list, default 5", example = 5)),
    responses((status = 200, description = "The morning", body = Today), Unauthenticated, Denied, NotFound, Invalid)
)]
pub async fn get(
    State(services): State<Services>,
    By(caller): By,
    mut query: Query,
) -> Result<Json<Today>, Problem> {
    let rows = query.within("rows", 0..=services::today::MAX_ROWS).unwrap_or(5);
    let at = query.moment("at");
    query.check([])?;
    let Some(at) = at else {
        return Ok(Json(services::today::morning(&services, &caller, rows).await?));
    };
    let kept = services::today::morning_at(&services, &caller, at).await?;
    Ok(Json(kept.ok_or_else(|| ApiError::not_found("morning"))?))
}
