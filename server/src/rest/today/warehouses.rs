//! `GET /api/v1/warehouses`.

use crate::{
    extract::{By, Query},
    openapi::refusals::{Denied, Invalid, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::today::WarehouseLines;
use services::Services;

/// Warehouses with their stock, share, cover and what is out there, the fullest first.
///
/// Cover is at the orders of 28 days that name the warehouse. Wildberries hides its own in the report of stock at times:
/// then orders name places that stock does not, and neither can say how long it lasts. With `at` they are as they were
/// last counted before a moment.
#[utoipa::path(
    get, path = "/api/v1/warehouses", tag = "analytics", operation_id = "warehouses_list",
    params(("at" = Option<String>, Query, description = "A moment or a day", example = "2026-09-15")),
    responses((status = 200, description = "The warehouses", body = WarehouseLines), Unauthenticated, Denied, Invalid)
)]
pub async fn warehouses(
    State(services): State<Services>,
    By(caller): By,
    mut query: Query,
) -> Result<Json<WarehouseLines>, Problem> {
    let at = query.moment("at");
    query.check([])?;
    Ok(Json(match at {
        Some(at) => services::today::warehouses_at(&services, &caller, at).await?,
        None => services::today::warehouses(&services, &caller).await?,
    }))
}
