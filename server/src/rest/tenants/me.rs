//! `GET /api/v1/tenants/me`.

use crate::{extract::By, openapi::refusals::Unauthenticated, problem::Problem};
use axum::{Json, extract::State};
use domain::tenant::Tenant;
use services::Services;

/// The caller's company.
///
/// `marketplace_type` is the marketplace of its first shop; `/api/v1/tenants/me/accounts` lists all shops.
#[utoipa::path(
    get, path = "/api/v1/tenants/me", tag = "tenants",
    responses((status = 200, description = "The company", body = Tenant), Unauthenticated)
)]
pub async fn me(State(services): State<Services>, By(caller): By) -> Result<Json<Tenant>, Problem> {
    Ok(Json(services::tenants::me(&services, &caller).await?))
}
