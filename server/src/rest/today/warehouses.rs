//! `GET /api/v1/warehouses`.

use crate::{extract::By, openapi::refusals::Unauthenticated, problem::Problem};
use axum::{Json, extract::State};
use domain::today::WarehouseLines;
use services::Services;

/// Warehouses with their stock, share, cover and what is out there, the fullest first.
///
/// Cover is at the orders of 28 days that name the warehouse. Wildberries hides its own in the report of stock at times:
/// then orders name places that stock does not, and neither can say how long it lasts.
#[utoipa::path(
    get, path = "/api/v1/warehouses", tag = "analytics", operation_id = "warehouses_list",
    responses((status = 200, description = "The warehouses", body = WarehouseLines), Unauthenticated)
)]
pub async fn warehouses(
    State(services): State<Services>,
    By(caller): By,
) -> Result<Json<WarehouseLines>, Problem> {
    Ok(Json(services::today::warehouses(&services, &caller).await?))
}
