//! `POST /api/v1/auth/password/reset`.

use crate::{
    extract::{From, Json},
    openapi::refusals::{Invalid, TooMany},
    problem::Problem,
};
use axum::extract::State;
use domain::{auth::Message, person::PasswordReset};
use services::Services;

/// Sets a new password through a link from a letter.
///
/// Every sign-in of the person ends; a second factor stays. 422 at `token` when the link was used, replaced or
/// is older than an hour.
#[utoipa::path(
    post, path = "/api/v1/auth/password/reset", tag = "auth", operation_id = "auth_reset_password", security(()),
    request_body = PasswordReset,
    responses((status = 200, description = "Done", body = Message, example = json!({"message": "Password set"})), Invalid, TooMany)
)]
pub async fn reset(
    State(services): State<Services>,
    From(client): From,
    Json(request): Json<PasswordReset>,
) -> Result<axum::Json<Message>, Problem> {
    services::people::reset_password(&services, request, &client).await?;
    Ok(axum::Json(Message::new("Password set")))
}
