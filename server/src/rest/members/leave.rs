//! `DELETE /api/v1/members/me`.

use crate::{
    extract::{By, From},
    openapi::refusals::{Conflict, Denied, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::team::MemberChanged;
use services::Services;

/// Leaves the company. 409 `last_owner` for its last owner: a company is handed over or deleted.
///
/// Not for API keys (403 `person_required`).
#[utoipa::path(
    delete, path = "/api/v1/members/me", tag = "team",
    responses((status = 200, description = "Done; the token has ended", body = MemberChanged), Unauthenticated, Denied, Conflict)
)]
pub async fn leave(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
) -> Result<axum::Json<MemberChanged>, Problem> {
    Ok(axum::Json(services::team::leave(&services, &caller, &client).await?))
}
