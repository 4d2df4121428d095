//! `POST /api/v1/invitations/accept`.

use crate::{
    extract::{By, From, Json},
    openapi::refusals::{Conflict, Denied, Invalid, NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::{auth::TokenPair, invitation::InvitationToken};
use services::Services;

/// Accepts an invitation as the person who is signed in, and goes to work there: the present token ends.
///
/// Not for API keys (403 `person_required`). 403 `invited_another` when it names another address.
#[utoipa::path(
    post, path = "/api/v1/invitations/accept", tag = "team", operation_id = "team_accept_invitation",
    request_body = InvitationToken,
    responses((status = 200, description = "A pair that works in the new company", body = TokenPair), Unauthenticated, Denied, NotFound, Conflict, Invalid)
)]
pub async fn accept(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Json(request): Json<InvitationToken>,
) -> Result<axum::Json<TokenPair>, Problem> {
    let pair = services::invitations::accept_for_api(&services, &caller, &request, &client).await?;
    Ok(axum::Json(pair))
}
