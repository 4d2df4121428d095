//! `DELETE /api/v1/auth/sessions`.

use crate::{
    extract::{By, From},
    openapi::refusals::Unauthenticated,
    problem::Problem,
};
use axum::{Json, extract::State};
use domain::person::SignInsEnded;
use services::Services;

/// Ends all of the caller's own sign-ins but this one.
///
/// Browsers and token pairs, in every company; their tokens die within a second.
#[utoipa::path(
    delete, path = "/api/v1/auth/sessions", tag = "auth", operation_id = "auth_end_other_sessions",
    responses((status = 200, description = "How many were ended", body = SignInsEnded), Unauthenticated)
)]
pub async fn end_others(
    State(services): State<Services>,
    By(caller): By,
    From(client): From,
) -> Result<Json<SignInsEnded>, Problem> {
    Ok(Json(services::people::end_other_sign_ins(&services, &caller, &client).await?))
}
