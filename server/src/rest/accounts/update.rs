//! `PATCH /api/v1/accounts/{account_id}`.

use crate::{
    extract::{By, From, Id, Json},
    openapi::refusals::{Denied, Invalid, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{AccountId, ApiError, account::Account, shop::ShopPatch};
use services::Services;

/// Changes a shop's name, colour or schedule. Owners and admins.
///
/// An absent field stays as it is; `"name": null` gives it the marketplace's name back. With `automatic` every kind of
/// data is read as often as the key's limits and the plan allow; `cron` adds moments of your own.
#[utoipa::path(
    patch, path = "/api/v1/accounts/{account_id}", tag = "accounts",
    params(("account_id" = AccountId, Path, description = "The shop")),
    request_body = ShopPatch,
    responses((status = 200, description = "The shop", body = Account), Unauthenticated, Denied, NotFound, Invalid)
)]
pub async fn update(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Id(id): Id<AccountId>,
    Json(patch): Json<ShopPatch>,
) -> Result<axum::Json<Account>, Problem> {
    let shop = services::shops::change(&services, &caller, id, patch, &client).await?;
    Ok(axum::Json(shop.ok_or_else(|| ApiError::not_found("shop"))?))
}
