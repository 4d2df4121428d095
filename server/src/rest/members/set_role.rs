//! `PATCH /api/v1/members/{id}`.

use crate::{
    extract::{By, From, Id, Json},
    openapi::refusals::{Conflict, Denied, Invalid, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{
    ApiError, UserId,
    team::{MemberChanged, MemberPatch},
};
use services::Services;

/// Gives a member another role. Owners any; admins all but owners.
///
/// API keys that the person made and that the new role does not cover are revoked, and listed. 409
/// `last_owner` when nobody would own the company any more.
#[utoipa::path(
    patch, path = "/api/v1/members/{id}", tag = "team",
    params(("id" = UserId, Path, description = "The person")),
    request_body = MemberPatch,
    responses((status = 200, description = "Done", body = MemberChanged), Unauthenticated, Denied, NotFound, Conflict, Invalid)
)]
pub async fn set_role(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Id(id): Id<UserId>,
    Json(request): Json<MemberPatch>,
) -> Result<axum::Json<MemberChanged>, Problem> {
    let changed = services::team::set_role(&services, &caller, id, request, &client).await?;
    Ok(axum::Json(changed.ok_or_else(|| ApiError::not_found("member"))?))
}
