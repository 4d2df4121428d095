//! `DELETE /api/v1/invitations/{id}`.

use crate::{
    extract::{By, From, Id},
    openapi::refusals::{Denied, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{ApiError, InvitationId};
use http::StatusCode;
use services::Services;

/// Takes an invitation back. Owners and admins, up to their own role.
///
/// Its link leads nowhere at once. 404 for one that was accepted or taken back, and for another company's.
#[utoipa::path(
    delete, path = "/api/v1/invitations/{id}", tag = "team", operation_id = "team_revoke_invitation",
    params(("id" = InvitationId, Path, description = "The invitation")),
    responses((status = 204, description = "Done"), Unauthenticated, Denied, NotFound)
)]
pub async fn revoke(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Id(id): Id<InvitationId>,
) -> Result<StatusCode, Problem> {
    let revoked = services::invitations::revoke(&services, &caller, id, &client).await?;
    revoked.ok_or_else(|| ApiError::not_found("invitation"))?;
    Ok(StatusCode::NO_CONTENT)
}
