//! `GET /api/v1/accounts/{account_id}`.

use crate::{
    extract::{By, Id},
    openapi::refusals::{NotFound, Unauthenticated},
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::{AccountId, ApiError, account::Account};
use services::Services;

/// A shop.
///
/// 404 for another company's, and for what is no id.
#[utoipa::path(
    get, path = "/api/v1/accounts/{account_id}", tag = "accounts",
    params(("account_id" = AccountId, Path, description = "The shop")),
    responses((status = 200, description = "The shop", body = Account), Unauthenticated, NotFound)
)]
pub async fn get(
    State(services): State<Services>,
    By(caller): By,
    Id(id): Id<AccountId>,
) -> Result<Json<Account>, Problem> {
    let shop = services::shops::get(&services, &caller, id).await?;
    Ok(Json(shop.ok_or_else(|| ApiError::not_found("shop"))?))
}
