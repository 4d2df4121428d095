//! `PUT /api/v1/accounts/{account_id}/key`.

use crate::{
    extract::{By, From, Id, Json},
    openapi::refusals::{Denied, Invalid, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{AccountId, ApiError, account::Account, shop::ShopKey};
use services::Services;

/// Gives a shop its key, or another one. Owners and admins.
///
/// A Wildberries shop takes `wildberries_api_key`, an Ozon shop both of Ozon's parts. It is stored whatever its check
/// finds, and reading by itself begins.
#[utoipa::path(
    put, path = "/api/v1/accounts/{account_id}/key", tag = "accounts",
    params(("account_id" = AccountId, Path, description = "The shop")),
    request_body = ShopKey,
    responses((status = 200, description = "The shop", body = Account), Unauthenticated, Denied, NotFound, Invalid)
)]
pub async fn set_key(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Id(id): Id<AccountId>,
    Json(key): Json<ShopKey>,
) -> Result<axum::Json<Account>, Problem> {
    let shop = services::shops::set_key(&services, &caller, id, &key, &client).await?;
    Ok(axum::Json(shop.ok_or_else(|| ApiError::not_found("shop"))?))
}
