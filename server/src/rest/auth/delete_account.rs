//! `POST /api/v1/auth/account-deletion`.

use crate::{
    extract::{By, From, Json},
    openapi::refusals::{Conflict, Denied, Invalid, TooMany, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::danger::AccountDeletion;
use http::StatusCode;
use services::Services;

/// Deletes the person's account.
///
/// 409 `last_owner` while they are the last owner of a company with other members. Companies that nobody
/// else belongs to go as well, once `delete_companies` says that they may (409 `conflict` without it).
/// Not for API keys (403 `person_required`).
#[utoipa::path(
    post, path = "/api/v1/auth/account-deletion", tag = "auth",
    request_body = AccountDeletion,
    responses((status = 204, description = "Done; every token has ended"), Unauthenticated, Denied, Conflict, Invalid, TooMany)
)]
pub async fn delete_account(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Json(request): Json<AccountDeletion>,
) -> Result<StatusCode, Problem> {
    services::danger::delete_account(&services, &caller, request, &client).await?;
    Ok(StatusCode::NO_CONTENT)
}
