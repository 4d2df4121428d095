//! `POST /api/v1/auth/password/forgot`.

use crate::{
    extract::{From, Json},
    openapi::refusals::{Invalid, TooMany},
    problem::Problem,
};
use axum::extract::State;
use domain::{auth::Message, person::ForgottenPassword};
use http::StatusCode;
use services::Services;

/// Sends a link to set a new password.
///
/// The same answer in the same time whether the address has an account or not. The link is good once, for an
/// hour; a newer one replaces it.
#[utoipa::path(
    post, path = "/api/v1/auth/password/forgot", tag = "auth", operation_id = "auth_forgot_password", security(()),
    request_body = ForgottenPassword,
    responses((status = 202, description = "If the address has an account, a letter is on its way", body = Message, example = json!({"message": "If the address has an account, a letter is on its way"})), Invalid, TooMany)
)]
pub async fn forgot(
    State(services): State<Services>,
    From(client): From,
    Json(request): Json<ForgottenPassword>,
) -> Result<(StatusCode, axum::Json<Message>), Problem> {
    services::people::forgot_password(&services, &request, &client)?;
    let message = Message::new("If the address has an account, a letter is on its way");
    Ok((StatusCode::ACCEPTED, axum::Json(message)))
}
