//! `GET /api/v1/tenants/me/accounts`.

use crate::{extract::By, openapi::refusals::Unauthenticated, problem::Problem};
use axum::{Json, extract::State};
use domain::account::Account;
use services::Services;

/// The company's shops.
///
/// With what is known of their keys, never the keys themselves, and how old each kind of their numbers is.
#[utoipa::path(
    get, path = "/api/v1/tenants/me/accounts", tag = "tenants",
    responses((status = 200, description = "The shops", body = Vec<Account>), Unauthenticated)
)]
pub async fn accounts(
    State(services): State<Services>,
    By(caller): By,
) -> Result<Json<Vec<Account>>, Problem> {
    Ok(Json(services::tenants::accounts(&services, &caller).await?))
}
