//! `GET /api/v1/planning/rules`.

use crate::{extract::By, openapi::refusals::Unauthenticated, problem::Problem};
use axum::{Json, extract::State};
use domain::today::PlanningRules;
use services::Services;

/// The company's rules of orders: lead time, review period, buffer.
///
/// A shop, a brand or a product may have a lead time of its own, which then holds instead.
#[utoipa::path(
    get, path = "/api/v1/planning/rules", tag = "tenants", operation_id = "planning_rules",
    responses((status = 200, description = "The rules", body = PlanningRules), Unauthenticated)
)]
pub async fn rules(
    State(services): State<Services>,
    By(caller): By,
) -> Result<Json<PlanningRules>, Problem> {
    Ok(Json(services::today::rules(&services, &caller).await?))
}
