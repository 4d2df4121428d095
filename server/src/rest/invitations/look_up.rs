//! `POST /api/v1/invitations/look-up`.

use crate::{
    extract::Json,
    openapi::refusals::{Invalid, NotFound},
    problem::Problem,
};
use axum::extract::State;
use domain::invitation::{InvitationPreview, InvitationToken};
use services::Services;

/// What an invitation leads to, for whoever holds its token. 404 when it was used, taken back or is over.
///
/// A POST, so that the token stays out of addresses and logs.
#[utoipa::path(
    post, path = "/api/v1/invitations/look-up", tag = "team", operation_id = "team_look_up_invitation", security(()),
    request_body = InvitationToken,
    responses((status = 200, description = "Company and role", body = InvitationPreview), NotFound, Invalid)
)]
pub async fn look_up(
    State(services): State<Services>,
    Json(request): Json<InvitationToken>,
) -> Result<axum::Json<InvitationPreview>, Problem> {
    Ok(axum::Json(services::invitations::look_up(&services, &request).await?))
}
