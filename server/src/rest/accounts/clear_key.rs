//! `DELETE /api/v1/accounts/{account_id}/key`.

use crate::{
    extract::{By, From, Id},
    openapi::refusals::{Denied, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{AccountId, ApiError, account::Account};
use services::Services;

/// Takes a shop's key away. Owners and admins.
///
/// What was read stays, and says how old it is; nothing more is read.
#[utoipa::path(
    delete, path = "/api/v1/accounts/{account_id}/key", tag = "accounts",
    params(("account_id" = AccountId, Path, description = "The shop")),
    responses((status = 200, description = "The shop", body = Account), Unauthenticated, Denied, NotFound)
)]
pub async fn clear_key(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Id(id): Id<AccountId>,
) -> Result<axum::Json<Account>, Problem> {
    let shop = services::shops::clear_key(&services, &caller, id, &client).await?;
    Ok(axum::Json(shop.ok_or_else(|| ApiError::not_found("shop"))?))
}
