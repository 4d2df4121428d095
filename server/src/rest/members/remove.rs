//! `DELETE /api/v1/members/{id}`.

use crate::{
    extract::{By, From, Id},
    openapi::refusals::{Conflict, Denied, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{ApiError, UserId, team::MemberChanged};
use services::Services;

/// Takes a person out of the company. Owners any; admins all but owners.
///
/// Their sign-ins here end within a second, and API keys that they made are revoked, and listed. Their
/// account stays: it is theirs. 409 `last_owner` for the last owner.
#[utoipa::path(
    delete, path = "/api/v1/members/{id}", tag = "team", operation_id = "team_remove_member",
    params(("id" = UserId, Path, description = "The person")),
    responses((status = 200, description = "Done", body = MemberChanged), Unauthenticated, Denied, NotFound, Conflict)
)]
pub async fn remove(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Id(id): Id<UserId>,
) -> Result<axum::Json<MemberChanged>, Problem> {
    let changed = services::team::remove(&services, &caller, id, &client).await?;
    Ok(axum::Json(changed.ok_or_else(|| ApiError::not_found("member"))?))
}
