//! `DELETE /api/v1/auth/sessions/{session_id}`.

use crate::{
    extract::{By, From, Id},
    openapi::refusals::{NotFound, Unauthenticated},
    problem::Problem,
};
use axum::extract::State;
use domain::SessionId;
use http::StatusCode;
use services::Services;

/// Ends one of the caller's own sign-ins.
///
/// Its tokens die within a second. 404 for one that is over, and for another person's.
#[utoipa::path(
    delete, path = "/api/v1/auth/sessions/{session_id}", tag = "auth", operation_id = "auth_end_session",
    params(("session_id" = SessionId, Path, description = "The sign-in")),
    responses((status = 204, description = "It is over"), Unauthenticated, NotFound)
)]
pub async fn end(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
    Id(session): Id<SessionId>,
) -> Result<StatusCode, Problem> {
    services::people::end_sign_in(&services, &caller, session, &client).await?;
    Ok(StatusCode::NO_CONTENT)
}
