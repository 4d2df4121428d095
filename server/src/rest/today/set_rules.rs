//! `PUT /api/v1/planning/rules`.

use crate::{
    extract::{By, From, Json},
    openapi::refusals::{Denied, Invalid, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::today::PlanningRules;
use services::Services;

/// Sets the company's rules of orders.
///
/// Owners and admins; they hold from the next synchronisation on.
#[utoipa::path(
    put, path = "/api/v1/planning/rules", tag = "tenants", operation_id = "planning_set_rules",
    request_body = PlanningRules,
    responses((status = 200, description = "The rules as they are now", body = PlanningRules), Unauthenticated, Denied, Invalid)
)]
pub async fn set_rules(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Json(rules): Json<PlanningRules>,
) -> Result<axum::Json<PlanningRules>, Problem> {
    services::today::set_rules(&services, &caller, rules, &client).await?;
    Ok(axum::Json(rules))
}
