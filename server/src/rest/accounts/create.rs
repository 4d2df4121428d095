//! `POST /api/v1/accounts`.

use crate::{
    extract::{By, From, Json},
    openapi::refusals::{Denied, Invalid, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{account::Account, shop::NewShop};
use http::StatusCode;
use services::Services;

/// Connects a shop. Owners and admins; 403 `plan_limit` when the plan has no room for another.
///
/// Its key may come with it: it is checked with the marketplace for at most five seconds and stored whatever the check
/// finds; `key` of the answer says what that is. No answer ever holds the key itself.
#[utoipa::path(
    post, path = "/api/v1/accounts", tag = "accounts",
    request_body = NewShop,
    responses((status = 201, description = "The shop", body = Account), Unauthenticated, Denied, Invalid)
)]
pub async fn create(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Json(request): Json<NewShop>,
) -> Result<(StatusCode, axum::Json<Account>), Problem> {
    let made = services::shops::connect(&services, &caller, request, &client).await?;
    Ok((StatusCode::CREATED, axum::Json(made)))
}
