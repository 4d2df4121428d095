//! `GET /api/v1/accounts`.

use crate::{extract::By, openapi::refusals::Unauthenticated, problem::Problem};
use axum::{Json, extract::State};
use domain::account::Account;
use services::Services;

/// The company's shops, the oldest first.
///
/// With what is known of their keys, never the keys themselves, how old each kind of their numbers is, and when they are
/// read next. The first one is what `marketplace_type` and `/api/v1/tenants/me/credentials` speak of.
#[utoipa::path(
    get, path = "/api/v1/accounts", tag = "accounts",
    responses((status = 200, description = "The shops", body = Vec<Account>), Unauthenticated)
)]
pub async fn list(
    State(services): State<Services>,
    By(caller): By,
) -> Result<Json<Vec<Account>>, Problem> {
    Ok(Json(services::tenants::accounts(&services, &caller).await?))
}
