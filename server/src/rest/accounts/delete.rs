//! `DELETE /api/v1/accounts/{account_id}`.

use crate::{
    extract::{By, From, Id, Query},
    openapi::refusals::{Denied, Invalid, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{AccountId, ApiError};
use http::StatusCode;
use services::Services;

/// Removes a shop with all that was read of it, for good. Owners and admins.
///
/// 422 unless `confirm` is the shop's name as it stands. A sync of it that is under way ends.
#[utoipa::path(
    delete, path = "/api/v1/accounts/{account_id}", tag = "accounts",
    params(
        ("account_id" = AccountId, Path, description = "The shop"),
        ("confirm" = String, Query, description = "Its name", example = "Дом и уют"),
    ),
    responses((status = 204, description = "Done"), Unauthenticated, Denied, NotFound, Invalid)
)]
pub async fn delete(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Id(id): Id<AccountId>,
    mut query: Query,
) -> Result<StatusCode, Problem> {
    let confirm = query.text("confirm").unwrap_or_default();
    query.check(None)?;
    let removed = services::shops::remove(&services, &caller, id, &confirm, &client).await?;
    removed.ok_or_else(|| ApiError::not_found("shop"))?;
    Ok(StatusCode::NO_CONTENT)
}
