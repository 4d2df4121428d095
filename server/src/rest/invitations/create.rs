//! `POST /api/v1/invitations`.

use crate::{
    extract::{By, From, Json},
    openapi::refusals::{Conflict, Denied, Invalid, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::invitation::{InvitationMade, NewInvitation};
use http::StatusCode;
use services::Services;

/// Invites somebody by a link that is good once, for seven days. Owners and admins, up to their own role.
///
/// The link is in this answer and nowhere else. With `email`, only that address may accept.
#[utoipa::path(
    post, path = "/api/v1/invitations", tag = "team", operation_id = "team_create_invitation",
    request_body = NewInvitation,
    responses((status = 201, description = "The invitation and its link", body = InvitationMade), Unauthenticated, Denied, Conflict, Invalid)
)]
pub async fn create(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Json(request): Json<NewInvitation>,
) -> Result<(StatusCode, axum::Json<InvitationMade>), Problem> {
    let made = services::invitations::create(&services, &caller, request, &client).await?;
    Ok((StatusCode::CREATED, axum::Json(made)))
}
