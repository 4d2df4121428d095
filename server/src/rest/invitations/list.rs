//! `GET /api/v1/invitations`.

use crate::{
    extract::By,
    openapi::refusals::{Denied, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::invitation::Invitation;
use services::Services;

/// Invitations that nobody has accepted yet, without their links. Owners and admins.
///
/// A link is shown once, when it is made: make a new invitation where one was lost.
#[utoipa::path(
    get, path = "/api/v1/invitations", tag = "team", operation_id = "team_list_invitations",
    responses((status = 200, description = "The newest first", body = Vec<Invitation>), Unauthenticated, Denied)
)]
pub async fn list(
    State(services): State<Services>,
    By(caller): By,
) -> Result<axum::Json<Vec<Invitation>>, Problem> {
    Ok(axum::Json(services::invitations::list(&services, &caller).await?))
}
