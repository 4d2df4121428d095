//! `POST /api/v1/members/{id}/ownership`.

use crate::{
    extract::{By, From, Id},
    openapi::refusals::{Conflict, Denied, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{ApiError, UserId, team::MemberChanged};
use services::Services;

/// Hands the company over: the member becomes an owner, the caller an admin. Owners only.
///
/// Not for API keys (403 `person_required`).
#[utoipa::path(
    post, path = "/api/v1/members/{id}/ownership", tag = "team",
    params(("id" = UserId, Path, description = "The person")),
    responses((status = 200, description = "Done", body = MemberChanged), Unauthenticated, Denied, NotFound, Conflict)
)]
pub async fn transfer(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Id(id): Id<UserId>,
) -> Result<axum::Json<MemberChanged>, Problem> {
    let changed = services::team::transfer(&services, &caller, id, &client).await?;
    Ok(axum::Json(changed.ok_or_else(|| ApiError::not_found("member"))?))
}
